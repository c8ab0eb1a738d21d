package dev.jvault.clock;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The wall clock, by which AWS and people name times and which may be set at any moment, and the
 * steady clock, which cannot be set. A span of time is measured by the steady clock; a time that
 * AWS or a person named is compared with the wall clock. Safe for many threads.
 */
public interface Clocks extends InstantSource {
  /** The time by the wall clock. */
  @Override
  Instant instant();

  /**
   * The time by the steady clock. It goes on while the machine sleeps, if the system allows. Only
   * differences between two of its times mean something, and only within one process.
   */
  Instant steady();

  /** The steady clock alone, for what only measures spans. */
  default InstantSource steadySource() {
    return this::steady;
  }

  /** The clocks of this machine. */
  static Clocks system() {
    return new SystemClocks(InstantSource.system(), SleepAwareClock.ofThisSystem());
  }
}
