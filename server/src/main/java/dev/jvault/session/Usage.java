package dev.jvault.session;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about the use and the refreshing of one session. Immutable; {@link Usages} replaces
 * it as a whole.
 *
 * @param latest the latest request for it, whose caller's helpers and proxy a refresh uses
 * @param lastUse when it was last handed out
 * @param failures refreshes that failed since the last that did not
 * @param notBefore when the next one may be tried
 * @param lastError why the latest failed
 * @param givenUp whether AWS has refused for good
 */
record Usage(
    SessionRequest latest,
    Instant lastUse,
    int failures,
    Instant notBefore,
    Optional<String> lastError,
    boolean givenUp) {
  static Usage first(SessionRequest request, Instant now) {
    return new Usage(request, now, 0, Instant.MIN, Optional.empty(), false);
  }

  Usage used(SessionRequest request, Instant now) {
    return new Usage(request, now, failures, notBefore, lastError, givenUp);
  }

  /** Whether another try is worth it now. */
  boolean mayRefresh(Instant now) {
    return !givenUp && !notBefore.isAfter(now);
  }

  Usage refreshed() {
    return new Usage(latest, lastUse, 0, Instant.MIN, Optional.empty(), false);
  }

  Usage failed(String error, boolean forGood, Instant now) {
    int count = failures + 1;
    return new Usage(
        latest, lastUse, count, RefreshPolicy.retry(count, now), Optional.of(error), forGood);
  }
}
