package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller brings, for whom, and what of it is ever written down. */
final class CallerEnvironmentTest {
  private static final Map<String, String> SHELL =
      Map.of(
          "PATH", "/bin",
          "AWS_REGION", "eu-west-1",
          "OP_SESSION_my", "CANARY",
          "VAULT_ADDR", "https://vault.example",
          "XDG_CONFIG_HOME", "/home/me/.config");

  @Test
  void helpersGetTheCallersOwnVariables() {
    assertThat(CallerEnvironment.of(SHELL).helper())
        .containsEntry("OP_SESSION_my", "CANARY")
        .containsEntry("VAULT_ADDR", "https://vault.example")
        .containsEntry("XDG_CONFIG_HOME", "/home/me/.config")
        .containsEntry("PATH", "/bin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JVAULT_PASSPHRASE",
        "JVAULT_PASSPHRASE_FILE",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
        "JAVA_TOOL_OPTIONS",
        "BASH_ENV",
        "ENV",
        "BASH_FUNC_x%%",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN"
      })
  @Attack("helpers-environment")
  void helpersNeverGetSecretsOfOursNorWhatLoadsCode(String name) {
    Map<String, String> shell = new HashMap<>(SHELL);
    shell.put(name, "CANARY-2");
    CallerEnvironment caller = CallerEnvironment.of(shell);
    assertThat(caller.helper()).doesNotContainKey(name);
    assertThat(caller.aws()).doesNotContainKey(name);
  }

  @Test
  void theOthersAreNeverWrittenNorShown() {
    CallerEnvironment caller = CallerEnvironment.of(SHELL);
    assertThat(caller.all()).containsOnlyKeys("PATH", "AWS_REGION");
    assertThat(caller.toString()).doesNotContain("CANARY", "OP_SESSION_my");
    assertThat(caller.complete()).isTrue();
    assertThat(CallerEnvironment.of(caller.all()).complete()).isFalse();
  }

  @Test
  void theOthersDoNotTellCallersApart() {
    CallerEnvironment stored = CallerEnvironment.of(CallerEnvironment.of(SHELL).all());
    assertThat(CallerEnvironment.of(SHELL)).isEqualTo(stored).hasSameHashCodeAs(stored);
    assertThat(CallerEnvironment.of(SHELL).with(Map.of("AWS_REGION", "x-1"))).isNotEqualTo(stored);
  }

  @Test
  void aChangedVariableLeavesTheOthers() {
    CallerEnvironment changed = CallerEnvironment.of(SHELL).with(Map.of("AWS_REGION", "x-1"));
    assertThat(changed.get("AWS_REGION")).contains("x-1");
    assertThat(changed.helper()).containsEntry("OP_SESSION_my", "CANARY");
  }
}
