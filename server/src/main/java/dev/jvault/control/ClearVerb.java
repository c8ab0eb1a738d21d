package dev.jvault.control;

import dev.jvault.profile.Chain;
import java.util.Optional;

/** {@code clear}: forgets sessions, of one profile or key or of all, and keeps keys. */
final class ClearVerb implements Verb {
  private final Daemon daemon;

  ClearVerb(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Reply run(Call call) {
    Optional<String> name = call.value("profile");
    ProfileSessions.openVault(daemon, call);
    Optional<Chain> chain =
        name.map(profile -> daemon.profiles().resolve(profile, call.environment()));
    int sessions =
        daemon
            .sessions()
            .forget(
                chain,
                call.environment(),
                profile -> name.map(profile::equals).orElse(true),
                key -> name.map(key::equals).orElse(true));
    name.ifPresentOrElse(daemon.readyFiles()::remove, daemon.readyFiles()::removeAll);
    if (sessions == 0 && !daemon.vault().exists()) {
      return Reply.said("There are no sessions.");
    }
    return Reply.said("Forgot " + RemoveVerb.count(sessions) + "; keys are kept.");
  }
}
