package dev.jvault.control;

import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.util.Optional;

/**
 * Warns that jvault ignores {@code AWS_VAULT_KEYCHAIN_NAME}: it can use the {@code login} keychain
 * only.
 */
final class KeychainNameWarning {
  private static final String NAME = "AWS_VAULT_KEYCHAIN_NAME";

  private KeychainNameWarning() {}

  /** Warns if the OS keyring has opened the vault and the caller names another keychain. */
  static void warn(Vault vault, Call call) {
    Optional<String> name = call.environment().get(NAME).filter(one -> !one.equals("login"));
    if (name.isPresent()
        && vault.exists()
        && vault.keySource().equals(Optional.of(KeySource.KEYRING))) {
      call.person()
          .tell(
              "The vault's key is in the login keychain: jvault cannot choose another, such as the"
                  + " one that "
                  + NAME
                  + " names; unset it or set it to login.");
    }
  }
}
