package dev.jvault.session;

import dev.jvault.clock.Clocks;
import dev.jvault.credential.Outcome;
import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;

/**
 * An outcome in the cache, with its end by the steady clock. A session has an end by the wall clock
 * too, which AWS named, and ends when either clock says so.
 *
 * @param until when the outcome may no longer be given, by the steady clock
 */
record Held(Outcome outcome, Instant until) {
  /** Clocks that agree within this are not set; they merely run unevenly. */
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  /** What has just been issued: it ends by both clocks at the same time. */
  static Held session(SessionCredentials session, Clocks clocks) {
    return new Held(new Outcome.Issued(session), steadyEnd(session, clocks));
  }

  /** A failure that is repeated from memory for a while; not at all if that is zero. */
  static Held failure(Outcome outcome, Duration repeated, Clocks clocks) {
    return new Held(outcome, clocks.steady().plus(repeated));
  }

  /** The end of a session by the steady clock, if the wall clock is right now. */
  static Instant steadyEnd(SessionCredentials session, Clocks clocks) {
    return clocks.steady().plus(RefreshPolicy.left(session, clocks.instant()));
  }

  /** Whether it is a failure and no session. */
  boolean failed() {
    return !(outcome instanceof Outcome.Issued);
  }

  /** Whether it may be given now. */
  boolean live(Clocks clocks) {
    return until.isAfter(clocks.steady())
        && (!(outcome instanceof Outcome.Issued(SessionCredentials session))
            || RefreshPolicy.live(session, clocks.instant()));
  }

  /** The outcome by the wall clock as it is now: see {@link #judged}. */
  Outcome outcome(Clocks clocks) {
    if (!(outcome instanceof Outcome.Issued(SessionCredentials session))) {
      return outcome;
    }
    SessionCredentials judged = judged(session, until, clocks);
    return judged.equals(session) ? outcome : new Outcome.Issued(judged);
  }

  /**
   * A session as the wall clock should show it. If that clock was set back, the session's times
   * move earlier, because every program on this machine judges them by the same clock.
   */
  static SessionCredentials judged(SessionCredentials session, Instant until, Clocks clocks) {
    Duration byWall = RefreshPolicy.left(session, clocks.instant());
    Duration setBack = byWall.minus(Duration.between(clocks.steady(), until));
    return setBack.compareTo(TOLERATED) > 0 ? session.earlier(setBack) : session;
  }
}
