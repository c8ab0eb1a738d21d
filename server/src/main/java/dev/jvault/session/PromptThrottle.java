package dev.jvault.session;

import dev.jvault.credential.PersonNeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the daemon from asking behind the person's back: where no terminal waits, a window comes up
 * at most once a minute for each need, and after a refusal not for ten minutes, unless the person
 * does something about it at a terminal.
 */
final class PromptThrottle {
  private static final Duration BETWEEN = Duration.ofSeconds(60);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

  private final Map<PersonNeed, Instant> notBefore = new ConcurrentHashMap<>();
  private final InstantSource clock;

  PromptThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether a window may come up now. */
  boolean allows(PersonNeed need) {
    return !clock.instant().isBefore(notBefore.getOrDefault(need, Instant.MIN));
  }

  /** A window comes up now. */
  void asked(PersonNeed need) {
    notBefore.put(need, clock.instant().plus(BETWEEN));
  }

  /** The window was closed, or left alone, or what was typed was wrong thrice. */
  void refused(PersonNeed need) {
    notBefore.put(need, clock.instant().plus(AFTER_REFUSAL));
  }

  /** The person has come to a terminal for it. */
  void lift(PersonNeed need) {
    notBefore.remove(need);
  }

  /** The person wants to get all questions over with. */
  void liftAll() {
    notBefore.clear();
  }
}
