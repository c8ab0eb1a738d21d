package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher prints help and the version without Java, word for word as the client does. */
final class HelpWithoutJavaTest {
  @TempDir Path folder;
  private InstalledTree tree;

  @BeforeEach
  void install() throws IOException {
    tree = new InstalledTree(folder);
    tree.addReference();
  }

  static List<List<String>> lines() {
    var lines = new ArrayList<List<String>>();
    for (Verb verb : Verbs.all()) {
      var names = new ArrayList<>(verb.aliases());
      names.add(verb.help().name());
      for (String name : names) {
        lines.add(List.of("help", name));
        lines.add(List.of("--help", name));
        lines.add(List.of(name, "--help"));
        lines.add(List.of(name, "-h"));
      }
    }
    lines.add(List.of());
    for (String line :
        List.of(
            "help",
            "--help",
            "-h",
            "-h exec",
            "help -h",
            "--help --help",
            "version",
            "--version",
            "-V",
            "--version --help")) {
      lines.add(List.of(line.split(" ", -1)));
    }
    return lines;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theLauncherPrintsWhatTheClientPrints(List<String> line) {
    var client = new ClientRun(folder.resolve("home"));
    assertThat(client.run(line.toArray(String[]::new))).isZero();

    var result = tree.run(line.toArray(String[]::new));

    assertThat(result.out()).isEqualTo(client.out()).isNotEmpty();
    assertThat(result.error()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(tree.javaArguments()).as("Java was not started").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help exce",
        "help verbs.txt",
        "help ../version",
        "../version --help",
        "help exec ls",
        "version x",
        "--version x",
        "exec dev --help",
        "list --json --help",
        "nothing"
      })
  void theClientAnswersTheRest(String line) {
    var result = tree.run(line.split(" ", -1));

    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.out()).isEmpty();
    assertThat(tree.javaArguments()).endsWith(line.split(" ", -1));
  }

  @Test
  void withoutTheTextsTheClientPrintsThem() throws IOException {
    try (var texts = Files.list(tree.lib.resolve("help"))) {
      for (Path text : texts.toList()) {
        Files.delete(text);
      }
    }

    assertThat(tree.run("help", "exec").exit()).isEqualTo(77);
    assertThat(tree.run().exit()).isEqualTo(77);
    assertThat(tree.run("version").out()).isEqualTo("jvault 0.1.0\n");
  }

  @Test
  void anOutputThatIsFullEndsWithAFailureAndNoSentence() {
    var result =
        tree.finish(List.of("bash", "-c", "'" + tree.launcher() + "' help >/dev/full"), "");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.error()).isEmpty();
  }
}
