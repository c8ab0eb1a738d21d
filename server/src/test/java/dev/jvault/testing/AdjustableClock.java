package dev.jvault.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, moved ahead by as much as a test wants. */
public final class AdjustableClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(ahead);
  }

  /** Moves it. */
  public void advance(Duration span) {
    ahead = ahead.plus(span);
  }
}
