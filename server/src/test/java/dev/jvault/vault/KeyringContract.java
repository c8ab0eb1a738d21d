package dev.jvault.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.secret.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the vault requires of every keyring. */
abstract class KeyringContract {
  static final Secret IDENTITY = AgeIdentity.generate().encoded();
  static final Secret OTHER = AgeIdentity.generate().encoded();

  abstract Keyring keyring();

  abstract Map<String, String> environment();

  @Test
  void isAvailable() {
    assertThat(keyring().available(environment())).isTrue();
  }

  @Test
  void isEmptyForAnUnknownAccount() {
    assertThat(keyring().read("unknown", environment())).isEmpty();
  }

  @Test
  void readsWhatWasWritten() {
    keyring().write("written", IDENTITY, environment());
    keyring().write("written too", OTHER, environment());
    assertThat(keyring().read("written", environment())).contains(IDENTITY);
  }

  @Test
  void replacesAnOlderSecret() {
    keyring().write("replaced", IDENTITY, environment());
    keyring().write("replaced", OTHER, environment());
    assertThat(keyring().read("replaced", environment())).contains(OTHER);
  }

  @Test
  void removesAnAccountOnce() {
    keyring().write("removed", IDENTITY, environment());
    keyring().remove("removed", environment());
    keyring().remove("removed", environment());
    assertThat(keyring().read("removed", environment())).isEmpty();
  }
}
