package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real GNOME keyring on the test's own bus. */
@Timeout(30)
final class OsKeyringIT extends KeyringContract {
  private final Keyring keyring = new OsKeyring("Linux");
  private Path home = Path.of("/nowhere");
  private @Nullable PrivateBus bus;

  @BeforeEach
  void startSession() throws IOException {
    // Directly in the temporary directory, because a socket path has at most 108 bytes.
    home = Files.createTempDirectory("jvault");
    bus = new PrivateBus(home);
    bus.startKeyring("password");
  }

  @AfterEach
  void stopSession() throws IOException {
    bus().close();
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  Keyring keyring() {
    return keyring;
  }

  @Override
  Map<String, String> environment() {
    return bus().environment();
  }

  @Test
  void saysThatItIsLockedIfTheUserDoesNotUnlockIt() throws IOException {
    keyring.write("account", IDENTITY, environment());
    bus().stopKeyring();
    bus().startLockedKeyring();
    assertThat(keyring.available(environment())).isTrue();
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> keyring.read("account", environment()))
          .hasMessageContaining("The keyring is locked and was not unlocked")
          .hasMessageContaining("passphrase")
          .hasMessageContaining("JVAULT_KEY_COMMAND");
    }
  }

  @Test
  void keepsTheSecretAcrossARestartOfTheKeyring() throws IOException {
    keyring.write("account", IDENTITY, environment());
    bus().stopKeyring();
    bus().startKeyring("password");
    assertThat(keyring.read("account", environment())).contains(IDENTITY);
  }

  @Test
  void saysThatThereIsNoDefaultCollection() throws IOException {
    bus().stopKeyring();
    try (var files = Files.walk(home.resolve(".local/share/keyrings"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    bus().startLockedKeyring();
    assertThat(keyring.available(environment())).isFalse();
    assertThatThrownBy(() -> keyring.write("account", IDENTITY, environment()))
        .hasMessageContaining("no default collection");
  }

  @Test
  void saysThatNoKeyringIsRunning() {
    bus().stopKeyring();
    assertThat(keyring.available(environment())).isFalse();
    assertThatThrownBy(() -> keyring.read("account", environment()))
        .hasMessageContaining("There is no keyring in this session");
  }

  @Test
  void takesABusThatIsGoneForNone() {
    Map<String, String> environment = environment();
    bus().close();
    assertThat(keyring.available(environment)).isFalse();
    assertThatThrownBy(() -> keyring.read("account", environment))
        .hasMessageContaining("no D-Bus session");
  }

  @Test
  void saysThatThereIsNoSession() {
    assertThat(keyring.available(Map.of())).isFalse();
    assertThatThrownBy(() -> keyring.read("account", Map.of()))
        .hasMessageContaining("no D-Bus session");
  }

  private PrivateBus bus() {
    PrivateBus running = bus;
    return Objects.requireNonNull(running);
  }
}
