package dev.jvault.control;

import dev.jvault.imds.ImdsListener;
import dev.jvault.launch.TerminalLaunch;
import dev.jvault.profile.Chain;
import java.util.function.IntSupplier;

/**
 * {@code link-local}: opens a profile's IMDS listener if need be, and prints the ports to which
 * AWS's link-local addresses must lead: {@code imds PORT} and {@code endpoint PORT}.
 */
final class LinkLocalVerb implements Verb {
  private final ProfileSessions profileSessions;
  private final TerminalLaunch.ImdsOpener imds;
  private final IntSupplier port;

  LinkLocalVerb(ProfileSessions profileSessions, TerminalLaunch.ImdsOpener imds, IntSupplier port) {
    this.profileSessions = profileSessions;
    this.imds = imds;
    this.port = port;
  }

  @Override
  public Reply run(Call call) {
    Chain chain = profileSessions.resolve(call.profile(), call);
    ImdsListener listener = imds.open(chain.profile(), call.environment());
    return Reply.ofOutput("imds %d\nendpoint %d\n".formatted(listener.port(), port.getAsInt()));
  }
}
