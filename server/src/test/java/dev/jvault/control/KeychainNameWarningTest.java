package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.testing.FakeClock;
import dev.jvault.vault.InMemoryKeyring;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeychainNameWarningTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  @Test
  void warnsOfAKeychainThatCannotBeChosen() {
    warn(KeySource.KEYRING, "aws-vault");
    assertThat(told)
        .singleElement()
        .asString()
        .contains("login keychain", "AWS_VAULT_KEYCHAIN_NAME");
  }

  @Test
  void saysNothingOfTheLoginKeychain() {
    warn(KeySource.KEYRING, "login");
    warn(KeySource.KEYRING, "");
    assertThat(told).isEmpty();
  }

  @Test
  void saysNothingIfNoKeychainIsUsed() {
    warn(KeySource.PASSPHRASE, "aws-vault");
    assertThat(told).isEmpty();
  }

  private void warn(KeySource source, String name) {
    Optional<Secret> passphrase =
        source == KeySource.PASSPHRASE ? Optional.of(Secret.of("p")) : Optional.empty();
    Path place = folder.resolve(source + name);
    try (var vault = new Vault(place, new InMemoryKeyring(), new FakeClock())) {
      vault.create(source, passphrase, Optional.empty(), Map.of());
      KeychainNameWarning.warn(
          vault, new Call(Map.of("env.AWS_VAULT_KEYCHAIN_NAME", name), listening()));
    }
  }

  private Person listening() {
    return new Person() {
      @Override
      public Optional<Secret> ask(Question question) {
        return Optional.empty();
      }

      @Override
      public void tell(String line) {
        told.add(line);
      }
    };
  }
}
