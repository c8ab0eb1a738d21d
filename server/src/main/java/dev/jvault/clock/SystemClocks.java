package dev.jvault.clock;

import java.time.Instant;
import java.time.InstantSource;

/** The wall clock of the JDK, and a steady clock that begins at the same time. */
final class SystemClocks implements Clocks {
  private final InstantSource wall;
  private final SleepAwareClock ticks;
  private final Instant started;
  private final long begun;

  SystemClocks(InstantSource wall, SleepAwareClock ticks) {
    this.wall = wall;
    this.ticks = ticks;
    this.started = wall.instant();
    this.begun = ticks.nanos();
  }

  @Override
  public Instant instant() {
    return wall.instant();
  }

  @Override
  public Instant steady() {
    return started.plusNanos(ticks.nanos() - begun);
  }
}
