package dev.jvault.control;

import dev.jvault.credential.PersonNeed;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code unlock}: opens the vault, also after {@code jvault lock}, and asks every question for some
 * profiles ahead of time.
 */
final class UnlockVerb implements Verb {
  private final Vault vault;
  private final Sessions sessions;
  private final ProfileSessions profileSessions;
  private final InstantSource clock;

  UnlockVerb(Vault vault, Sessions sessions, ProfileSessions profileSessions, InstantSource clock) {
    this.vault = vault;
    this.sessions = sessions;
    this.profileSessions = profileSessions;
    this.clock = clock;
  }

  @Override
  public boolean endsWithItsClient() {
    return true;
  }

  @Override
  public Reply run(Call call) {
    boolean exists = vault.exists();
    if (!exists && call.profiles().isEmpty()) {
      throw new JvaultException(
          ExitCode.VAULT, "There is no vault yet; `jvault add NAME` creates one.");
    }
    if (exists && !sessions.unlock(call.person(), call.environment())) {
      throw OutcomeErrors.needed(new PersonNeed.Passphrase(), "vault");
    }
    if (call.profiles().isEmpty()) {
      return Reply.ofMessage("The vault is open.");
    }
    List<String> lines = new ArrayList<>();
    for (String name : call.profiles()) {
      SessionCredentials session =
          profileSessions.session(profileSessions.resolve(name, call), call);
      LocalTimes times = call.times(clock.instant());
      lines.add(name + " is ready for " + times.left(session.expiration()) + ".");
    }
    return Reply.ofMessage(String.join("\n", lines));
  }
}
