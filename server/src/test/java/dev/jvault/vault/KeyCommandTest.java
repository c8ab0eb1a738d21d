package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyCommandTest {
  private static final Secret IDENTITY = AgeIdentity.generate().encoded();

  @TempDir Path home;

  @Test
  void usesTheFirstPrintedIdentity() {
    String printed = "# created\\n# public key: age1\\n%s\\nAGE-SECRET-KEY-1JUNK\\n";
    assertThat(run("printf '" + printed + "' " + IDENTITY.reveal())).isEqualTo(IDENTITY);
  }

  @Test
  @Attack("helpers-environment")
  void runsFromHomeWithTheHelperVariablesOnly() throws IOException {
    Files.writeString(home.resolve("key"), IDENTITY.reveal());
    assertThat(run("env > variables; cat key")).isEqualTo(IDENTITY);
    assertThat(Files.readAllLines(home.resolve("variables")))
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .contains("PATH", "HOME", "LANG")
        .isSubsetOf("PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_");
  }

  @Test
  void reportsTheFirstLineOfStandardErrorAndTheStatus() {
    assertThatThrownBy(() -> run("echo 'no\u001b[31m store' >&2; echo more >&2; exit 3"))
        .hasMessageEndingWith("ended with status 3.")
        .isInstanceOfSatisfying(
            JvaultException.class,
            e -> assertThat(e.sentence()).endsWith("ended with status 3 (no [31m store)."));
  }

  @Test
  @Attack("helpers-bounded")
  void neverReportsAnIdentityFromStandardError() {
    assertThatThrownBy(() -> run("printf 'AGE-SECRET-''KEY-1CANARY' >&2; exit 1"))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.sentence()).endsWith("ended with status 1."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"true", "echo secret", "echo AGE-SECRET-KEY-1", "echo AGE-SECRET-KEY-1QQQQ"})
  void refusesOutputWithoutAnIdentity(String command) {
    assertThatThrownBy(() -> run(command)).hasMessageContaining("printed no age identity");
  }

  @Test
  void refusesAnIdentityWithAWrongChecksum() {
    String whole = IDENTITY.reveal();
    char last = whole.charAt(whole.length() - 1);
    String wrong = whole.substring(0, whole.length() - 1) + (last == 'Q' ? 'P' : 'Q');
    assertThatThrownBy(() -> run("echo " + wrong)).hasMessageContaining("printed no age identity");
  }

  @Test
  void endsACommandThatTakesTooLong() {
    var command = new KeyCommand("sleep 60 & sleep 60", environment(), Duration.ofMillis(300));
    assertThatThrownBy(command::identity).hasMessageContaining("did not end within");
  }

  @Test
  @Attack("helpers-bounded")
  void isNotBlockedByEndlessOutputOrAnOrphanedProcess() {
    assertThat(run("echo " + IDENTITY.reveal() + "; head -c 300000 /dev/zero; sleep 5 &"))
        .isEqualTo(IDENTITY);
  }

  private Secret run(String command) {
    return new KeyCommand(command, environment(), Duration.ofSeconds(20)).identity().encoded();
  }

  private Map<String, String> environment() {
    return Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString());
  }
}
