package dev.jvault.session;

import dev.jvault.secret.SessionCredentials;
import java.time.Duration;
import java.time.Instant;

/**
 * When a session is replaced by a newer one. Pure functions of the session and the clock.
 *
 * <p>botocore and .NET ask again at each signing once less than 15 minutes are left, and botocore
 * blocks under 10; botocore's IMDS client wants 25. So a session is replaced while it has 25 to 30
 * minutes left, and one that is shorter than 40 minutes at half its life.
 */
final class RefreshPolicy {
  private static final Duration KEPT = Duration.ofMinutes(25);
  private static final Duration SPREAD = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMinutes(40);
  private static final Duration LATELY = Duration.ofHours(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 6;

  /** A session this near to its end would expire on its way to AWS. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private RefreshPolicy() {}

  /** When the session should be replaced; the access key id spreads sessions of one age. */
  static Instant due(SessionCredentials session) {
    Duration life = Duration.between(session.issued(), session.expiration());
    if (life.compareTo(SHORT) < 0) {
      return session.issued().plus(life.dividedBy(2));
    }
    long spread = Math.floorMod(session.accessKeyId().hashCode(), SPREAD.toSeconds());
    return session.expiration().minus(KEPT).minusSeconds(spread);
  }

  /** Whether a profile is used enough that its session is worth a call ahead of time. */
  static boolean usedLately(Instant lastUse, Instant now) {
    return lastUse.plus(LATELY).isAfter(now);
  }

  /** Whether it may be handed out at all. */
  static boolean live(SessionCredentials session, Instant now) {
    return left(session, now).isPositive();
  }

  /** How long it may be handed out; zero or less when its time is over. */
  static Duration left(SessionCredentials session, Instant now) {
    return Duration.between(now, session.expiration().minus(LAST_MOMENT));
  }

  /**
   * Whether a session has as much life left as its consumer wants; if not, a request should rather
   * wait a moment for a newer one. A short session cannot have it, and is good for half its life.
   */
  static boolean comfortable(SessionCredentials session, Duration wanted, Instant now) {
    Duration life = Duration.between(session.issued(), session.expiration());
    return life.compareTo(SHORT) < 0
        ? due(session).isAfter(now)
        : !session.expiration().minus(wanted).isBefore(now);
  }

  /** When a failed refresh may be tried again: 5 s, doubled at each failure, 5 minutes at most. */
  static Instant retry(int failures, Instant now) {
    return now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
  }
}
