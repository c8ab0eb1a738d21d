package dev.jvault.control;

import dev.jvault.imds.ImdsListener;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.Chain;

/**
 * {@code link-local}: makes sure that a profile has an IMDS listener, and tells the ports that
 * AWS's link-local addresses are to lead to: {@code imds PORT} and {@code endpoint PORT}.
 */
final class LinkLocalVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final TerminalLaunch.ImdsOpener imds;
  private final int port;

  LinkLocalVerb(ProfileSessions profileSessions, TerminalLaunch.ImdsOpener imds, int port) {
    this.profileSessions = profileSessions;
    this.imds = imds;
    this.port = port;
  }

  @Override
  public Reply run(Call call) {
    Chain chain = profileSessions.resolve(call.profile(), call);
    ImdsListener listener = imds.open(chain.profile(), call.environment());
    return Reply.out("imds %d\nendpoint %d\n".formatted(listener.port(), port));
  }
}
