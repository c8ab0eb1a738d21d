package dev.jvault.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.prompt.Drivers;
import dev.jvault.secret.Secret;
import dev.jvault.testing.FakeClock;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultOpenerTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();

  @Test
  void aCallerIsNotToldOfAPassphraseIfACommandOpensTheVault() throws IOException {
    Path identity = folder.resolve("identity");
    try (Vault other = vault("other")) {
      create(other, KeySource.PASSPHRASE, "");
      Files.writeString(identity, other.recoveryIdentity().reveal());
      assertThat(opener(other).awaited("another command"))
          .isEqualTo("the vault's passphrase, which another command asks for");
    }
    try (Vault vault = vault("vault")) {
      create(vault, KeySource.COMMAND, "cat '" + identity + "'");
      assertThat(opener(vault).awaited("another command"))
          .isEqualTo("the vault, which another command opens");
    }
  }

  @Test
  void aCallerIsNotToldOfAPassphraseIfTheKeySourceCannotBeRead() throws IOException {
    try (Vault vault = vault("vault")) {
      create(vault, KeySource.PASSPHRASE, "");
      vault.lock();
      Files.writeString(folder.resolve("vault/key-source"), "damaged");
      assertThat(opener(vault).awaited("another command"))
          .isEqualTo("the vault, which another command opens");
    }
  }

  private Vault vault(String name) {
    return Vault.open(folder.resolve(name), clock);
  }

  private static void create(Vault vault, KeySource source, String command) {
    vault.create(
        source, Optional.of(Secret.of("passphrase")), Optional.of(command), Map.of("PATH", "/bin"));
  }

  private VaultOpener opener(Vault vault) {
    return new VaultOpener(
        vault, new PromptDispatcher(new Drivers("Linux"), new PromptThrottle(clock), clock));
  }
}
