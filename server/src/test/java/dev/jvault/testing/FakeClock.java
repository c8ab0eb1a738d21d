package dev.jvault.testing;

import dev.jvault.clock.Clocks;
import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until a test moves them. They always start at the same instant. */
public final class FakeClock implements Clocks {
  private volatile Instant wall = Instant.parse("2030-01-02T03:04:05Z");
  private volatile Instant steady = wall;

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public Instant steady() {
    return steady;
  }

  /** Lets time pass. */
  public void advance(Duration span) {
    wall = wall.plus(span);
    steady = steady.plus(span);
  }

  /** Sets the wall clock forward, or back if the span is negative. No time passes. */
  public void set(Duration span) {
    wall = wall.plus(span);
  }
}
