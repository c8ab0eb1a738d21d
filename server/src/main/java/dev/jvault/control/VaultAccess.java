package dev.jvault.control;

import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.protocol.JvaultException;
import dev.jvault.session.Sessions;
import dev.jvault.vault.UnlockResult;
import dev.jvault.vault.Vault;
import java.util.Optional;

/**
 * Opens the vault for a call, and asks the user if that needs a passphrase. Safe for many threads.
 */
final class VaultAccess {
  private final Vault vault;
  private final Sessions sessions;
  private final VaultSetup setup;

  VaultAccess(Vault vault, Sessions sessions) {
    this.vault = vault;
    this.sessions = sessions;
    this.setup = new VaultSetup(vault);
  }

  /**
   * Opens the vault if there is one.
   *
   * @throws JvaultException if it stays locked
   */
  void open(Call call) {
    CallerEnvironment environment = call.environment();
    boolean locked = !vault.unlocked();
    if (vault.exists() && !sessions.openVault(call.person(), environment)) {
      throw OutcomeErrors.needed(
          vault.lockedByUser() ? new PersonNeed.Unlocking() : new PersonNeed.Passphrase(), "vault");
    }
    if (locked) {
      KeychainNameWarning.warn(vault, call);
    }
  }

  /**
   * Opens the vault, and creates it if there is none.
   *
   * @return how the vault was created, for the user; empty if it existed
   * @throws JvaultException if it stays locked, or cannot be created
   */
  Optional<String> openOrCreate(Call call) {
    if (vault.exists()) {
      open(call);
      return Optional.empty();
    }
    return Optional.of(setup.create(call));
  }

  /**
   * Opens the vault for a verb that can do without it.
   *
   * @return whether there is a vault and it is open
   */
  boolean tryOpen(Call call) {
    return vault.exists()
        && (vault.unlocked()
            || (call.person().present()
                ? sessions.openVault(call.person(), call.environment())
                : vault.unlock(Optional.empty(), call.environment().helper())
                    == UnlockResult.OPEN));
  }
}
