package dev.jvault;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages for people: their links lead somewhere, and the code that they name exists. */
final class PagesTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\(([^):]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern TYPE = Pattern.compile("([A-Z][a-z]\\w*)(?:\\.([A-Z]\\w*))?");

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkOfThePageLeadsToAFileAndAHeading(Path page) throws IOException {
    for (String link : found(LINK, Files.readString(page))) {
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
      assertThat(target).as(link).exists();
      if (parts.length == 2) {
        assertThat(headings(target)).as(link).contains(parts[1]);
      }
    }
  }

  @Test
  void everyTypeThatContributingNamesExists() throws IOException {
    Set<Path> sources = sources();
    List<String> missing = new ArrayList<>();
    for (String code : found(CODE, contributing())) {
      var type = TYPE.matcher(code);
      if (type.matches() && !exists(type.toMatchResult(), sources)) {
        missing.add(code);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void contributingNamesEveryPackageOfTheServer() throws IOException {
    try (Stream<Path> packages = Files.list(Path.of("src/main/java/dev/jvault"))) {
      Set<String> names =
          packages
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .collect(toSet());
      assertThat(found(CODE, contributing())).containsAll(names);
    }
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(PROJECT);
        Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static String contributing() throws IOException {
    return Files.readString(PROJECT.resolve("CONTRIBUTING.md"));
  }

  /** The names of headings as GitHub makes them. */
  private static List<String> headings(Path page) throws IOException {
    return found(HEADING, Files.readString(page)).stream()
        .map(title ->
            title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static Set<Path> sources() throws IOException {
    try (Stream<Path> client = Files.walk(PROJECT.resolve("client/src"));
        Stream<Path> server = Files.walk(Path.of("src"))) {
      return Stream.concat(client, server)
          .filter(file -> file.toString().endsWith(".java"))
          .collect(toSet());
    }
  }

  private static boolean exists(MatchResult type, Set<Path> sources) throws IOException {
    for (Path source : sources) {
      if (source.endsWith(type.group(1) + ".java")) {
        return type.group(2) == null
            || Files.readString(source)
                .matches("(?s).*\\b(class|record|interface|enum) " + type.group(2) + "\\b.*");
      }
    }
    return false;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
