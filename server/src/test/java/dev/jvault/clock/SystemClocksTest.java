package dev.jvault.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The clocks of a real machine. */
final class SystemClocksTest {
  private static final Instant START = Instant.parse("2030-01-02T03:04:05Z");

  @Test
  void theSteadyClockGoesByItsTicksAndNotByTheWallClock() {
    var wall = new AtomicReference<>(START);
    var ticks = new AtomicLong(700);
    var clocks = new SystemClocks(wall::get, ticks::get);
    assertThat(clocks.steady()).isEqualTo(START);
    wall.set(START.minus(Duration.ofDays(1)));
    assertThat(clocks.steady()).isEqualTo(START);
    ticks.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(clocks.steady()).isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(clocks.instant()).isEqualTo(START.minus(Duration.ofDays(1)));
  }

  @Test
  void thisSystemHasAClockThatCountsSleep() {
    SleepAwareClock clock = SleepAwareClock.ofThisSystem();
    assertThat(clock).isInstanceOf(SleepAwareClock.OfTheLibrary.class);
    long first = clock.nanos();
    assertThat(clock.nanos()).isGreaterThanOrEqualTo(first);
  }
}
