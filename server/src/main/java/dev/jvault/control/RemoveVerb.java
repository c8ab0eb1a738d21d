package dev.jvault.control;

import dev.jvault.grant.Grant;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Optional;

/**
 * {@code remove}: removes a key and all that came from it; {@code --sessions-only} keeps the key.
 */
final class RemoveVerb implements Verb {
  private final Daemon daemon;

  RemoveVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    String name = call.profile();
    ProfileSessions.openVault(daemon, call);
    boolean stored = daemon.vault().exists() && daemon.vault().keys().find(name).isPresent();
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
    int sessions =
        daemon.sessions().forget(Optional.empty(), call.environment(), name::equals, name::equals);
    daemon.readyFiles().removeAll();
    if (sessionsOnly) {
      return Reply.said("Removed " + count(sessions) + " of " + name + "; its key is kept.");
    }
    boolean _ = daemon.vault().keys().remove(name);
    List<Grant> _ = daemon.grants().end(grant -> grant.profile().equals(name));
    return Reply.said("Removed the key of " + name + " and " + count(sessions) + ".");
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
