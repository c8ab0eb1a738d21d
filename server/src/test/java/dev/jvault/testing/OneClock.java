package dev.jvault.testing;

import dev.jvault.clock.Clocks;
import java.time.Instant;
import java.time.InstantSource;

/** One clock as both clocks, for a test in which the wall clock is not set. */
public record OneClock(InstantSource clock) implements Clocks {
  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public Instant steady() {
    return clock.instant();
  }
}
