package dev.jvault.session;

import dev.jvault.credential.Outcome;
import dev.jvault.credential.SourceChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long failures are repeated from memory, so that clients that poll do not flood AWS. A session
 * that cannot be had at the moment: for 1 s, doubled with each failure up to 4 s. A service that
 * throttles: for 10 s, doubled up to 80 s, for all sessions of the same key. A refusal: for 3 s.
 * Times are the steady clock's. Safe for many threads.
 */
final class FailureMemory {
  private static final Duration REFUSED = Duration.ofSeconds(3);
  private static final Duration UNAVAILABLE = Duration.ofSeconds(1);
  private static final Duration THROTTLED = Duration.ofSeconds(10);
  private static final int UNAVAILABLE_DOUBLINGS = 2;
  private static final int THROTTLED_DOUBLINGS = 3;

  /** Failures this far apart have nothing to do with each other. */
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private static final int MOST = 20_000;

  /** The last of a row of failures. */
  private record Failure(Outcome outcome, int count, Instant until) {}

  private final Map<SessionKey, Failure> sessions = new ConcurrentHashMap<>();
  private final Map<String, Failure> throttles = new ConcurrentHashMap<>();
  private final InstantSource steady;

  FailureMemory(InstantSource steady) {
    this.steady = steady;
  }

  /** What the service of a chain's top said while it throttles; empty if it may be asked. */
  Optional<Outcome> throttled(SourceChain chain) {
    Instant now = steady.instant();
    return Optional.ofNullable(throttles.get(scope(chain)))
        .filter(failure -> failure.until().isAfter(now))
        .map(Failure::outcome);
  }

  /**
   * Records what a source answered.
   *
   * @return how long the answer is repeated from memory; nothing for a session
   */
  Duration answered(SessionRequest request, Outcome outcome) {
    SourceChain chain = request.chain();
    return switch (outcome) {
      case Outcome.Unavailable unavailable -> unavailable(request, unavailable);
      case Outcome.Denied denied -> {
        forget(request);
        yield denied.reason() == Outcome.Reason.MFA_REFUSED ? Duration.ZERO : REFUSED;
      }
      case Outcome.Issued _ -> {
        forget(request);
        throttles.remove(scope(chain));
        yield Duration.ZERO;
      }
      case Outcome.NeedsPerson _ -> Duration.ZERO;
    };
  }

  /** Forgets all failures, because the user wants AWS to be asked. */
  void clear() {
    sessions.clear();
    throttles.clear();
  }

  private Duration unavailable(SessionRequest request, Outcome.Unavailable failure) {
    return switch (failure.kind()) {
      case NEW_KEY -> UNAVAILABLE;
      case PASSING -> pause(sessions, request.key(), failure, UNAVAILABLE, UNAVAILABLE_DOUBLINGS);
      case THROTTLED ->
          pause(throttles, scope(request.chain()), failure, THROTTLED, THROTTLED_DOUBLINGS);
    };
  }

  private <K> Duration pause(
      Map<K, Failure> failures, K key, Outcome outcome, Duration first, int doublings) {
    Instant now = steady.instant();
    if (failures.size() >= MOST) {
      failures.values().removeIf(old -> old.until().isBefore(now));
    }
    Failure failure =
        failures.merge(
            key,
            new Failure(outcome, 0, now.plus(first)),
            (before, _) -> {
              boolean again = before.until().plus(REMEMBERED).isAfter(now);
              int count = again ? Math.min(before.count() + 1, doublings) : 0;
              return new Failure(outcome, count, now.plus(first.multipliedBy(1L << count)));
            });
    return Duration.between(now, failure.until());
  }

  private void forget(SessionRequest request) {
    sessions.remove(request.key());
  }

  private static String scope(SourceChain chain) {
    return chain.keyName() + '\0' + chain.top().service();
  }
}
