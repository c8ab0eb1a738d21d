package dev.jvault.session;

import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides when a session is replaced by a newer one. Pure functions of the session and the time.
 *
 * <p>botocore and .NET ask again at each signing once less than 15 minutes are left, botocore
 * blocks under 10, and its IMDS client wants 25. So a session is replaced when it has 25 to 30
 * minutes left, or at half its life if it lasts less than 40 minutes.
 */
final class RefreshPolicy {
  private static final Duration KEPT = Duration.ofMinutes(25);
  private static final Duration SPREAD = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMinutes(40);
  private static final Duration LATELY = Duration.ofHours(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 6;

  /** A session this close to its end would expire on the way to AWS. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private RefreshPolicy() {}

  /** When the session should be replaced. The access key id spreads sessions of the same age. */
  static Instant due(SessionCredentials session) {
    Duration life = Duration.between(session.issued(), session.expiration());
    if (life.compareTo(SHORT) < 0) {
      return session.issued().plus(life.dividedBy(2));
    }
    long spread = Math.floorMod(session.accessKeyId().hashCode(), SPREAD.toSeconds());
    return session.expiration().minus(KEPT).minusSeconds(spread);
  }

  /** Whether a session was used recently enough to be refreshed ahead of time. */
  static boolean usedLately(Instant lastUse, Instant now) {
    return lastUse.plus(LATELY).isAfter(now);
  }

  /** Whether the session may be issued. */
  static boolean live(SessionCredentials session, Instant now) {
    return left(session, now).isPositive();
  }

  /** How long the session may still be issued; zero or less if it has ended. */
  static Duration left(SessionCredentials session, Instant now) {
    return Duration.between(now, session.expiration().minus(LAST_MOMENT));
  }

  /**
   * Whether a session has as much life left as the SDK wants; if not, a request should wait a
   * moment for a newer one. A session shorter than 40 minutes is comfortable for half its life.
   */
  static boolean comfortable(SessionCredentials session, Duration wanted, Instant now) {
    Duration life = Duration.between(session.issued(), session.expiration());
    return life.compareTo(SHORT) < 0
        ? due(session).isAfter(now)
        : !session.expiration().minus(wanted).isBefore(now);
  }

  /** When a failed refresh may be tried again: after 5 s, doubled with each failure up to 320 s. */
  static Instant retry(int failures, Instant now) {
    return now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
  }
}
