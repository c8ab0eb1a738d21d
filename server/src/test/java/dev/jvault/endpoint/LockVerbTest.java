package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lock} and {@code unlock}, as SDKs and terminals see them. */
final class LockVerbTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void open() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void close() {
    jvault.close();
  }

  @Test
  void sdksGetAnErrorWhileLockedAndCredentialsAfterUnlocking() throws IOException {
    var client = new SdkClient(jvault.exec("dev"));
    assertThat(client.get().credentials()).isTrue();
    assertThat(jvault.files().readyFiles()).isNotEmptyDirectory();

    ControlResponse locked = RunningJvault.succeeded(jvault.caller().call("lock"));
    assertThat(locked.message())
        .isEqualTo(
            "The vault is locked with the sessions in it; `jvault unlock` opens it and brings them"
                + " back, and `jvault lock --all` removes them.");
    assertThat(jvault.files().readyFiles()).isEmptyDirectory();
    SdkResponse response = client.get();
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.member("Message")).contains("locked", "run `jvault unlock dev`");

    assertThat(jvault.caller().call("exec", "profile=dev").message())
        .isEqualTo("The vault was locked by `jvault lock`; run `jvault unlock` to open it.");
    assertThat(jvault.caller().call("status").body()).contains("locked by `jvault lock`");
    assertThat(jvault.caller().call("status", "json=true").body())
        .contains("\"vaultLockedByPerson\": true");
    assertThat(jvault.caller().call("list").message()).contains("locked");

    jvault.restart();
    assertThat(client.get().status()).isEqualTo(503);
    assertThat(RunningJvault.succeeded(jvault.caller().call("unlock")).message())
        .isEqualTo("The vault is open.");
    assertThat(client.get().credentials()).isTrue();
    assertThat(jvault.caller().call("status").body()).contains("unlocked, key from command");
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void aTerminalOpensTheVaultAgain() {
    RunningJvault.succeeded(jvault.caller().call("lock"));
    assertThat(jvault.caller().call("exec", "profile=dev").ended(ExitCode.PERSON)).isTrue();
    RunningJvault.succeeded(jvault.caller().atTerminal().call("exec", "profile=dev"));
    RunningJvault.succeeded(jvault.caller().call("exec", "profile=dev"));
  }

  @Test
  void allRemovesTheKeptSessions() {
    RunningJvault.succeeded(jvault.caller().call("exec", "profile=dev"));
    assertThat(RunningJvault.succeeded(jvault.caller().call("lock", "all=true")).message())
        .startsWith("All sessions are removed, and the vault is locked");
    RunningJvault.succeeded(jvault.caller().call("unlock", "profile=dev"));
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(2);
  }

  @Test
  void withoutAVaultThereIsNothingToLockOrUnlock(@TempDir Path other) throws IOException {
    try (RunningJvault empty = RunningJvault.empty(other)) {
      assertThat(RunningJvault.succeeded(empty.caller().call("lock")).message())
          .isEqualTo("All sessions are removed; there is no vault to lock.");
      ControlResponse unlocked = empty.caller().call("unlock");
      assertThat(unlocked.ended(ExitCode.VAULT)).isTrue();
      assertThat(unlocked.message())
          .isEqualTo("There is no vault yet; `jvault add NAME` creates one.");
    }
  }

  @Test
  void theDriverOfTheOptionIsUsedAndAnUnknownOneRefused() {
    ControlResponse unknown = jvault.caller().call("unlock", "profile=mfa", "prompt=zenty");
    assertThat(unknown.ended(ExitCode.USAGE)).isTrue();
    assertThat(unknown.message()).contains("`zenty` is unknown");
    ControlResponse absent = jvault.caller().call("exec", "profile=mfa", "prompt=ykman");
    assertThat(absent.ended(ExitCode.UNAVAILABLE)).isTrue();
    assertThat(absent.message()).isEqualTo("ykman is not a program on your PATH.");
  }
}
