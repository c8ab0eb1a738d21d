package dev.jvault.interaction;

import dev.jvault.credential.PersonNeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how often a window appears if no terminal waits: once a minute for each need, and not for
 * ten minutes after a refusal. A user who asks for it at a terminal lifts the limit.
 */
final class PromptThrottle {
  private static final Duration BETWEEN = Duration.ofSeconds(60);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

  private final Map<PersonNeed, Instant> notBefore = new ConcurrentHashMap<>();
  private final InstantSource clock;

  PromptThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether a window may appear now. */
  boolean allows(PersonNeed need) {
    return !clock.instant().isBefore(notBefore.getOrDefault(need, Instant.MIN));
  }

  /** Records that a window appears now. */
  void asked(PersonNeed need) {
    notBefore.put(need, clock.instant().plus(BETWEEN));
  }

  /** Records that the window was closed or left alone, or that three answers were wrong. */
  void refused(PersonNeed need) {
    notBefore.put(need, clock.instant().plus(AFTER_REFUSAL));
  }

  /** Lifts the limit of one need. */
  void lift(PersonNeed need) {
    notBefore.remove(need);
  }

  /** Lifts all limits. */
  void liftAll() {
    notBefore.clear();
  }
}
