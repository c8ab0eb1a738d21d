package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code unlock}: opens the vault, whoever has locked it, and gets all questions for some profiles
 * over with ahead of time.
 */
final class UnlockVerb implements Verb {
  private final Daemon daemon;
  private final ProfileSessions profiles;

  UnlockVerb(Daemon daemon, ProfileSessions profiles) {
    this.daemon = daemon;
    this.profiles = profiles;
  }

  @Override
  public Reply run(Call call) {
    boolean exists = daemon.vault().exists();
    if (!exists && call.profiles().isEmpty()) {
      throw new JvaultException(
          ExitCode.VAULT, "There is no vault yet; `jvault add NAME` makes one.");
    }
    if (exists && !daemon.sessions().unlock(call.person(), call.environment())) {
      throw ProfileSessions.locked();
    }
    if (call.profiles().isEmpty()) {
      return Reply.said("The vault is open.");
    }
    List<String> told = new ArrayList<>();
    for (String name : call.profiles()) {
      SessionCredentials session = profiles.session(profiles.resolve(name, call), call);
      told.add(name + " is ready; its session ends at " + session.expiration() + ".");
    }
    return Reply.said(String.join("\n", told));
  }
}
