package dev.jvault.e2e;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The program ships the jars that the list names, so that none comes unseen with another. */
final class ShippedJarsIT {
  private static final String LIST = "server/src/test/resources/dev/jvault/e2e/shipped-jars.txt";

  @Test
  @Attack("shipped-jars")
  void eachJarIsListedAndEachListedJarIsShipped() throws IOException {
    SortedSet<String> listed = listed();
    SortedSet<String> shipped = shipped();

    assertThat(without(shipped, listed))
        .as("jars that the program ships and %s does not list: exclude or list them", LIST)
        .isEmpty();
    assertThat(without(listed, shipped))
        .as("jars that %s lists and the program does not ship: remove them", LIST)
        .isEmpty();
  }

  private static SortedSet<String> shipped() throws IOException {
    Path lib = Path.of(Jvault.program(), "../../lib/jvault/current/lib").normalize();
    try (Stream<Path> client = Files.list(lib.resolve("client"));
        Stream<Path> server = Files.list(lib.resolve("server"))) {
      return Stream.concat(client, server)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.replaceFirst("-\\d[^/]*\\.jar$", ""))
          .collect(toCollection(TreeSet::new));
    }
  }

  private static SortedSet<String> listed() throws IOException {
    try (var list = ShippedJarsIT.class.getResourceAsStream("shipped-jars.txt")) {
      assertThat(list).as(LIST).isNotNull();
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(toCollection(TreeSet::new));
    }
  }

  private static SortedSet<String> without(SortedSet<String> names, SortedSet<String> others) {
    var rest = new TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }
}
