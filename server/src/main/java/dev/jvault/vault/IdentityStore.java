package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Creates, fetches and removes a vault's identity in the place that its key source file names. */
final class IdentityStore {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  private final VaultFolder folder;
  private final Keyring keyring;

  IdentityStore(VaultFolder folder, Keyring keyring) {
    this.folder = folder;
    this.keyring = keyring;
  }

  /** Creates and stores a new identity. A key command must print an existing one instead. */
  AgeIdentity create(
      KeySourceFile keySource, Optional<Secret> passphrase, Map<String, String> helperEnvironment) {
    return switch (keySource.source()) {
      case KEYRING -> {
        AgeIdentity identity = AgeIdentity.generate();
        keyring.write(keySource.vaultId(), identity.encoded(), helperEnvironment);
        yield identity;
      }
      case PASSPHRASE -> {
        AgeIdentity identity = AgeIdentity.generate();
        new PassphraseFile(folder).write(identity, checked(passphrase));
        yield identity;
      }
      case COMMAND -> {
        if (keySource.command().orElse("").lines().count() != 1) {
          throw new JvaultException(
              ExitCode.VAULT,
              "The key command must be one line; set JVAULT_KEY_COMMAND to a command that prints"
                  + " the line AGE-SECRET-KEY-1… that age-keygen makes.");
        }
        yield command(keySource, helperEnvironment).identity();
      }
    };
  }

  /** Fetches the identity; empty if the passphrase is wrong or missing. */
  Optional<AgeIdentity> fetch(
      KeySourceFile keySource, Optional<Secret> passphrase, Map<String, String> helperEnvironment) {
    return switch (keySource.source()) {
      case KEYRING -> Optional.of(fromKeyring(keySource, helperEnvironment));
      case PASSPHRASE -> passphrase.flatMap(new PassphraseFile(folder)::read);
      case COMMAND -> Optional.of(command(keySource, helperEnvironment).identity());
    };
  }

  /** Removes what {@link #create} stored. */
  void discard(KeySourceFile keySource, Map<String, String> helperEnvironment) {
    switch (keySource.source()) {
      case KEYRING -> keyring.remove(keySource.vaultId(), helperEnvironment);
      case PASSPHRASE -> folder.delete(PassphraseFile.FILE);
      case COMMAND -> {
        // The identity belongs to the user.
      }
    }
  }

  private static Secret checked(Optional<Secret> passphrase) {
    return passphrase
        .filter(secret -> !secret.isEmpty())
        .orElseThrow(
            () -> new JvaultException(ExitCode.VAULT, "The passphrase must not be empty."));
  }

  private static KeyCommand command(
      KeySourceFile keySource, Map<String, String> helperEnvironment) {
    return new KeyCommand(keySource.command().orElse(""), helperEnvironment, COMMAND_LIMIT);
  }

  private AgeIdentity fromKeyring(KeySourceFile keySource, Map<String, String> helperEnvironment) {
    Secret item =
        keyring
            .read(keySource.vaultId(), helperEnvironment)
            .orElseThrow(() -> noIdentity(keySource, "has no item for this vault"));
    return AgeIdentity.parse(item.reveal())
        .orElseThrow(() -> noIdentity(keySource, "has something else in the item of this vault"));
  }

  private JvaultException noIdentity(KeySourceFile keySource, String clause) {
    return new JvaultException(
        ExitCode.VAULT,
        "The keyring %s (jvault, account %s); restore it, or decrypt %s with your recovery key: age -d -i KEYFILE."
            .formatted(clause, keySource.vaultId(), folder.file(KeyVault.FILE)));
  }
}
