package dev.jvault.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * When each session was last used, and how its refreshes ended. All times are the steady clock's.
 * Safe for many threads.
 */
final class Usages {
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Map<SessionKey, Usage> byKey = new ConcurrentHashMap<>();
  private final InstantSource clock;

  /** Counts how often sessions were forgotten, so that a running load does not bring one back. */
  private final AtomicInteger generation = new AtomicInteger();

  Usages(InstantSource clock) {
    this.clock = clock;
  }

  Collection<Usage> all() {
    return byKey.values();
  }

  void used(SessionRequest request) {
    Instant now = clock.instant();
    byKey.compute(
        request.key(),
        (_, known) -> known == null ? Usage.first(request, now) : known.used(request, now));
  }

  void refreshed(SessionRequest request) {
    byKey.computeIfPresent(request.key(), (_, usage) -> usage.refreshed());
  }

  void failed(SessionRequest request, String sentence, boolean forGood) {
    Instant now = clock.instant();
    byKey.computeIfPresent(request.key(), (_, usage) -> usage.failed(sentence, forGood, now));
  }

  boolean mayRefresh(SessionRequest request) {
    Usage usage = byKey.get(request.key());
    return usage == null || usage.mayRefresh(clock.instant());
  }

  /**
   * Removes a session.
   *
   * @return whether it was known
   */
  boolean remove(SessionRequest request) {
    return byKey.remove(request.key()) != null;
  }

  /** Removes what was not used for a day and has no session. */
  void removeOld(Predicate<SessionRequest> withoutSession) {
    Instant eldest = clock.instant().minus(REMEMBERED);
    byKey
        .values()
        .removeIf(usage -> usage.lastUse().isBefore(eldest) && withoutSession.test(usage.latest()));
  }

  /** Begins a new generation, because sessions are forgotten. */
  void begin() {
    generation.incrementAndGet();
  }

  int generation() {
    return generation.get();
  }

  /**
   * The use and the refreshes of one session. Immutable; {@link Usages} replaces it as a whole.
   *
   * @param latest the latest request, whose caller's helpers and proxy a refresh uses
   * @param lastUse when it was last issued
   * @param failures the failed refreshes since the last success
   * @param notBefore when the next refresh may be tried
   * @param lastError why the latest refresh failed
   * @param failed when it did; {@link Instant#MIN} if it has not
   * @param givenUp whether AWS has refused for good
   */
  record Usage(
      SessionRequest latest,
      Instant lastUse,
      int failures,
      Instant notBefore,
      Optional<String> lastError,
      Instant failed,
      boolean givenUp) {
    static Usage first(SessionRequest request, Instant now) {
      return new Usage(request, now, 0, Instant.MIN, Optional.empty(), Instant.MIN, false);
    }

    Usage used(SessionRequest request, Instant now) {
      return new Usage(request, now, failures, notBefore, lastError, failed, givenUp);
    }

    /** Whether a refresh may be tried now. */
    boolean mayRefresh(Instant now) {
      return !givenUp && !notBefore.isAfter(now);
    }

    Instant lastTry() {
      return lastError.isPresent() ? failed : lastUse;
    }

    Usage refreshed() {
      return new Usage(latest, lastUse, 0, Instant.MIN, Optional.empty(), Instant.MIN, false);
    }

    Usage failed(String error, boolean forGood, Instant now) {
      int count = failures + 1;
      return new Usage(
          latest,
          lastUse,
          count,
          RefreshPolicy.retry(count, now),
          Optional.of(error),
          now,
          forGood);
    }
  }
}
