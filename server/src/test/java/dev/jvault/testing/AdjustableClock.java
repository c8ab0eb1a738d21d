package dev.jvault.testing;

import dev.jvault.clock.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, plus what a test advances it by. */
public final class AdjustableClock implements Clocks {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return steady();
  }

  @Override
  public Instant steady() {
    return InstantSource.system().instant().plus(ahead);
  }

  /** Advances the clock. */
  public void advance(Duration span) {
    ahead = ahead.plus(span);
  }
}
