package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes and fetches a vault's identity at the place that its note tells. */
final class IdentityStore {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  private final VaultFolder folder;
  private final Keyring keyring;

  IdentityStore(VaultFolder folder, Keyring keyring) {
    this.folder = folder;
    this.keyring = keyring;
  }

  /** A new identity, kept where the note tells; the one of a command must be there already. */
  AgeIdentity create(
      KeySourceFile note, Optional<Secret> passphrase, Map<String, String> helperEnvironment) {
    return switch (note.source()) {
      case KEYRING -> {
        AgeIdentity identity = AgeIdentity.generate();
        keyring.write(note.vaultId(), identity.encoded(), helperEnvironment);
        yield identity;
      }
      case PASSPHRASE -> {
        AgeIdentity identity = AgeIdentity.generate();
        new PassphraseFile(folder).write(identity, checked(passphrase));
        yield identity;
      }
      case COMMAND -> {
        if (note.command().orElse("").lines().count() != 1) {
          throw new JvaultException(
              ExitCode.VAULT,
              "The key command must be one line; set JVAULT_KEY_COMMAND to a command that prints"
                  + " the line AGE-SECRET-KEY-1… that age-keygen makes.");
        }
        yield command(note, helperEnvironment).identity();
      }
    };
  }

  /** The identity; empty where the passphrase does not open it, or is missing. */
  Optional<AgeIdentity> fetch(
      KeySourceFile note, Optional<Secret> passphrase, Map<String, String> helperEnvironment) {
    return switch (note.source()) {
      case KEYRING -> Optional.of(fromKeyring(note, helperEnvironment));
      case PASSPHRASE -> passphrase.flatMap(new PassphraseFile(folder)::read);
      case COMMAND -> Optional.of(command(note, helperEnvironment).identity());
    };
  }

  /** Takes back what {@link #create} made. */
  void discard(KeySourceFile note, Map<String, String> helperEnvironment) {
    switch (note.source()) {
      case KEYRING -> keyring.remove(note.vaultId(), helperEnvironment);
      case PASSPHRASE -> folder.delete(PassphraseFile.FILE);
      case COMMAND -> {
        // The identity is the person's.
      }
    }
  }

  private static Secret checked(Optional<Secret> passphrase) {
    return passphrase
        .filter(secret -> !secret.isEmpty())
        .orElseThrow(
            () -> new JvaultException(ExitCode.VAULT, "The passphrase must not be empty."));
  }

  private static KeyCommand command(KeySourceFile note, Map<String, String> helperEnvironment) {
    return new KeyCommand(note.command().orElse(""), helperEnvironment, COMMAND_LIMIT);
  }

  private AgeIdentity fromKeyring(KeySourceFile note, Map<String, String> helperEnvironment) {
    Secret item =
        keyring
            .read(note.vaultId(), helperEnvironment)
            .orElseThrow(() -> noIdentity(note, "has no item for this vault"));
    return AgeIdentity.parse(item.reveal())
        .orElseThrow(() -> noIdentity(note, "has something else in the item of this vault"));
  }

  private JvaultException noIdentity(KeySourceFile note, String clause) {
    return new JvaultException(
        ExitCode.VAULT,
        "The keyring %s (jvault, account %s); restore it, or decrypt %s with your recovery key: age -d -i KEYFILE."
            .formatted(clause, note.vaultId(), folder.file(KeyVault.FILE)));
  }
}
