package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.grant.Grants;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.Vault;
import java.util.List;

/**
 * {@code remove}: removes a key and everything derived from it; {@code --sessions-only} keeps the
 * key.
 */
final class RemoveVerb implements Verb {
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final SessionEraser eraser;
  private final Grants grants;

  RemoveVerb(Vault vault, VaultAccess vaultAccess, SessionEraser eraser, Grants grants) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.eraser = eraser;
    this.grants = grants;
  }

  @Override
  public Reply run(Call call) {
    String name = call.profile();
    vaultAccess.open(call);
    boolean stored = vault.exists() && vault.keys().find(name).isPresent();
    boolean sessionsOnly = call.flag("sessions-only");
    if (!stored) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "There is no key for " + name + " in the vault; `jvault list --credentials` shows them.");
    }
    if (!call.flag("force") && !Confirmation.given(call, question(name, sessionsOnly))) {
      throw new JvaultException(
          ExitCode.PERSON, "Nothing was removed; use --force to remove without a question.");
    }
    int sessions = eraser.keyRemoved(name, call.environment());
    if (sessionsOnly) {
      return Reply.ofMessage("Removed " + count(sessions) + " of " + name + "; its key is kept.");
    }
    boolean _ = vault.keys().remove(name);
    List<Grant> _ = grants.end(grant -> grant.profile().equals(name));
    return Reply.ofMessage("Removed the key of " + name + " and " + count(sessions) + ".");
  }

  private static String question(String name, boolean sessionsOnly) {
    return sessionsOnly
        ? "Remove the sessions of " + name + "?"
        : "Remove the key of " + name + " and its sessions?";
  }

  static String count(int sessions) {
    return sessions + (sessions == 1 ? " session" : " sessions");
  }
}
