package dev.jvault.doctor;

import dev.jvault.vault.KeySource;
import dev.jvault.vault.KeyringState;
import dev.jvault.vault.Vault;
import java.util.List;
import java.util.Optional;

/** Whether the keyring has the vault's key, or could keep that of a new one. */
final class KeyringCheck implements Check {
  private final Vault vault;

  KeyringCheck(Vault vault) {
    this.vault = vault;
  }

  @Override
  public String id() {
    return "keyring";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    Optional<KeySource> source = vault.exists() ? vault.keySource() : Optional.empty();
    if (source.isPresent() && source.get() != KeySource.KEYRING) {
      return List.of(Finding.ok("The vault's key is not in a keyring."));
    }
    KeyringState state = vault.keyringState(caller.environment().helper());
    return List.of(source.isEmpty() ? forNewVault(state) : forVault(state));
  }

  private static Finding forNewVault(KeyringState state) {
    return switch (state) {
      case OPEN, LOCKED -> Finding.ok("There is a keyring for the vault's key.");
      case NO_COLLECTION, ABSENT, NO_SESSION, NO_ANSWER ->
          Finding.note(
              said(state),
              "Before the first `jvault add`, set JVAULT_PASSPHRASE_FILE or JVAULT_KEY_COMMAND.",
              "");
    };
  }

  private Finding forVault(KeyringState state) {
    if (state == KeyringState.OPEN) {
      return Finding.ok("The keyring that has the vault's key is open.");
    }
    if (vault.unlocked()) {
      return Finding.note(
          said(state), "The vault is open, but after a restart of jvault it cannot be opened.", "");
    }
    return Finding.problem(
        said(state),
        "It has the vault's key, so the vault cannot be opened"
            + (state == KeyringState.LOCKED ? "." : "; run jvault from the desktop's session."),
        state == KeyringState.LOCKED ? "jvault unlock" : "");
  }

  private static String said(KeyringState state) {
    return switch (state) {
      case OPEN -> "The keyring is open.";
      case LOCKED -> "The keyring is locked.";
      case NO_COLLECTION -> "The keyring has no default collection.";
      case ABSENT -> "There is no keyring on the D-Bus session.";
      case NO_SESSION -> "No keyring can be reached, because there is no D-Bus session.";
      case NO_ANSWER -> "The keyring does not answer.";
    };
  }
}
