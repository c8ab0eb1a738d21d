package dev.jvault.control;

import dev.jvault.imds.ImdsListener;
import dev.jvault.profile.Chain;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code link-local}: makes sure that a profile has an IMDS listener, and tells the ports that
 * AWS's link-local addresses are to lead to: {@code imds PORT} and {@code endpoint PORT}.
 */
final class LinkLocalVerb implements Verb {
  private final Daemon daemon;
  private final ProfileSessions profiles;

  LinkLocalVerb(Daemon daemon, ProfileSessions profiles) {
    this.daemon = daemon;
    this.profiles = profiles;
  }

  @Override
  public Reply run(Call call) {
    Chain chain = profiles.resolve(call.profile(), call);
    ImdsListener imds =
        daemon
            .imds()
            .open(chain.profile(), call.environment(), OptionalInt.empty(), Optional.empty());
    return Reply.out("imds %d\nendpoint %d\n".formatted(imds.port(), daemon.port()));
  }
}
