package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code env} prints, in real shells, with and without quotes around the substitution. */
final class ShellsIT {
  private static final List<String> VALUES =
      List.of(
          "plain",
          "a b",
          "  two  blanks   and a\ttab ",
          "it's \"quoted\"",
          "'; echo gone; '",
          "$(echo gone) `echo gone` ${HOME} $HOME",
          "back\\slash\\",
          "*",
          "[a-z]* ? (x) @(y) {a,b} ~ ! # & | > <",
          "100 % of %s *",
          "größe € *",
          "-n",
          "-a *b",
          "--",
          "!! !echo ^a^b",
          "’; echo gone; ‘ ‚ ‛ “ ” „",
          "🔑 \u202e \u2028\r\u007f [x]");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "dash", "ksh", "sh"})
  @Attack("shell-quotes")
  void aPosixShellReadsBackEachValueWithoutQuotes(String shell) throws Exception {
    for (String value : VALUES) {
      String printed = read(shell, "eval $(cat env)", ShellSyntax.SH, value);
      assertThat(printed).as(shell).isEqualTo("<" + value + "> unset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "dash", "ksh", "sh"})
  @Attack("shell-quotes")
  void aPosixShellReadsBackEachValueWithQuotes(String shell) throws Exception {
    for (String value : VALUES) {
      String printed = read(shell, "eval \"$(cat env)\"", ShellSyntax.SH, value);
      assertThat(printed).as(shell).isEqualTo("<" + value + "> unset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat env | source", "eval (cat env)"})
  void fishReadsBackEachValue(String load) throws Exception {
    for (String value : VALUES) {
      assertThat(read("fish", load, ShellSyntax.FISH, value)).isEqualTo("<" + value + "> unset");
    }
  }

  @Test
  void fishKeepsAUniversalVariableAndHidesIt() throws Exception {
    String env = new LaunchPlan().unset(List.of("GONE", "NEVER")).shell(ShellSyntax.FISH);
    Files.writeString(folder.resolve("env"), env);

    String printed =
        run("fish", "set -Ux GONE x; cat env | source; env | grep GONE; set -eg GONE; echo $GONE");

    assertThat(printed).isEqualTo("GONE=\nx\n");
  }

  /** Loads a plan, with a file beside it that patterns could match, and prints its variables. */
  private String read(String shell, String load, ShellSyntax syntax, String value)
      throws IOException, InterruptedException {
    String env =
        new LaunchPlan()
            .unset(List.of("GONE", "NEVER", "NEITHER"))
            .set("BEFORE", "1")
            .set("VALUE", value)
            .set("AFTER", "2")
            .shell(syntax);
    Files.writeString(folder.resolve("env"), env);
    String print = "printf '<%s> ' \"$VALUE\"; env | grep -q '^GONE=' || printf unset";
    if (shell.equals("fish")) {
      print = print.replace(" || ", "; or ");
    }
    return run(shell, load + "; test \"$BEFORE$AFTER\" = 12 && " + print);
  }

  private String run(String shell, String script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(shell, "-c", script).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("GONE", "here");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int _ = process.waitFor();
    return output;
  }
}
