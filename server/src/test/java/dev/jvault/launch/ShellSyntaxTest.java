package dev.jvault.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words  and more ",
        "it's \"quoted\"",
        "'; echo gone; '",
        "$(echo gone) `echo gone` ${HOME} $HOME",
        "back\\slash\\",
        "a*b?[c] ~ ! # & | > <",
        "größe €"
      })
  void aShellReadsBackTheExactValue(String value) throws Exception {
    String script = new LaunchPlan().set("VALUE", value).shell(ShellSyntax.SH);
    assertThat(sh(script + "printf %s \"$VALUE\"")).isEqualTo(value);
  }

  @Test
  void aShellExportsSetVariablesAndDropsUnsetOnes() throws Exception {
    String script =
        new LaunchPlan()
            .unset(List.of("AWS_PROFILE", "NEVER_SET"))
            .set("AWS_REGION", "eu-west-1")
            .shell(ShellSyntax.SH);
    assertThat(sh("export AWS_PROFILE=other\nset -e\n" + script + "/usr/bin/env | grep ^AWS_"))
        .isEqualTo("AWS_REGION=eu-west-1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "it's a [token]"})
  void aShellReadsATokenFromItsFile(String name, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "t0ken");
    String script = new LaunchPlan().tokenFrom(file.toString()).shell(ShellSyntax.SH);
    assertThat(sh(script + "printf %s \"$AWS_CONTAINER_AUTHORIZATION_TOKEN\"")).isEqualTo("t0ken");
  }

  @Test
  @Attack("shell-quotes")
  void fishGetsItsOwnQuotes() {
    assertThat(ShellSyntax.FISH.set("A", "it's \\ $HOME"))
        .isEqualTo("set -gx A 'it\\'s \\\\ $HOME'");
    assertThat(ShellSyntax.FISH.unset(List.of("A")))
        .isEqualTo("set -eg A; set -q A; and set -gx A ''");
  }

  @Test
  @Attack("shell-quotes")
  void powerShellGetsItsOwnQuotes() {
    assertThat(ShellSyntax.POWERSHELL.set("A", "it's $Env:B `n"))
        .isEqualTo("$Env:A = 'it''s $Env:B `n'");
    assertThat(ShellSyntax.POWERSHELL.set("A", "‘; gone; ’‚‛ “”„ 名 🔑"))
        .isEqualTo("$Env:A = '‘‘; gone; ’’‚‚‛‛ “”„ 名 🔑'");
    assertThat(ShellSyntax.POWERSHELL.setToContent("A", "/x/[1]’"))
        .isEqualTo("$Env:A = Get-Content -Raw -LiteralPath '/x/[1]’’'");
    assertThat(ShellSyntax.POWERSHELL.unset(List.of("A")))
        .isEqualTo("Remove-Item Env:A -ErrorAction SilentlyContinue");
  }

  @ParameterizedTest
  @CsvSource({
    "sh, SH",
    "bash, SH",
    "zsh, SH",
    "fish, FISH",
    "powershell, POWERSHELL",
    "pwsh, POWERSHELL"
  })
  void knowsShellsByTheirNames(String word, ShellSyntax syntax) {
    assertThat(ShellSyntax.of(word)).isEqualTo(syntax);
  }

  @Test
  void saysWhichShellsThereAre() {
    assertThatThrownBy(() -> ShellSyntax.of("tcsh"))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("'tcsh'; use sh, fish or powershell");
  }

  private static String sh(String script) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("/bin/sh", "-c", script);
    builder.environment().clear();
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
