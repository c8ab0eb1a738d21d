package dev.jvault.client;

import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Ends the wait for a daemon that hangs: such a daemon takes the connection and never answers. One
 * that is slow answers the question who it is, and has as much time as it takes.
 */
final class SilenceLimit implements ResponseWait {
  /**
   * The times without a sign of life.
   *
   * @param notice after this the user learns what is waited for
   * @param question after this the daemon is asked who it is
   * @param limit after this the daemon counts as one that hangs
   */
  record Times(Duration notice, Duration question, Duration limit) {
    static final Times USUAL =
        new Times(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(10));
  }

  private final Times times;
  private final Runnable notice;
  private final Supplier<JvaultException> hangs;
  private boolean noticed;

  /**
   * A limit for the requests of one verb. Each of them waits on the caller's thread.
   *
   * @param notice tells the user, once, that the daemon is waited for
   * @param hangs the failure if the daemon gives no sign of life
   */
  SilenceLimit(Times times, Runnable notice, Supplier<JvaultException> hangs) {
    this.times = times;
    this.notice = notice;
    this.hangs = hangs;
  }

  @Override
  public Response await(Exchange request, Exchange signOfLife) throws NoDaemonException {
    BackgroundRequest<Response> response = BackgroundRequest.start(request::send);
    if (!response.endsWithin(times.notice())) {
      tell();
      Duration first = times.question().minus(times.notice());
      while (!response.endsWithin(first)) {
        BackgroundRequest<Response> alive = BackgroundRequest.start(signOfLife::send);
        if (!response.endsWithin(times.limit().minus(times.question()), alive)) {
          throw hangs.get();
        }
      }
    }
    return response.result();
  }

  private void tell() {
    if (!noticed) {
      noticed = true;
      notice.run();
    }
  }
}
