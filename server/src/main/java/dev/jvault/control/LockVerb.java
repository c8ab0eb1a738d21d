package dev.jvault.control;

import dev.jvault.launch.ReadyFiles;
import dev.jvault.session.Sessions;
import dev.jvault.sso.SsoLogins;
import dev.jvault.vault.Vault;

/**
 * {@code lock}: locks the vault with the sessions in it until a user unlocks it; {@code --all} also
 * removes the sessions that are kept in the vault.
 */
final class LockVerb implements Verb {
  private final Vault vault;
  private final Sessions sessions;
  private final SsoLogins logins;
  private final ReadyFiles readyFiles;

  LockVerb(Vault vault, Sessions sessions, SsoLogins logins, ReadyFiles readyFiles) {
    this.vault = vault;
    this.sessions = sessions;
    this.logins = logins;
    this.readyFiles = readyFiles;
  }

  @Override
  public Reply run(Call call) {
    boolean all = call.flag("all");
    sessions.lock(all);
    logins.lock();
    readyFiles.removeAll();
    if (!vault.exists()) {
      return Reply.ofMessage("All sessions are removed; there is no vault to lock.");
    }
    return Reply.ofMessage(
        all
            ? "All sessions are removed, and the vault is locked; `jvault unlock` opens it."
            : "The vault is locked with the sessions in it; `jvault unlock` opens it and brings them"
                + " back, and `jvault lock --all` removes them.");
  }
}
