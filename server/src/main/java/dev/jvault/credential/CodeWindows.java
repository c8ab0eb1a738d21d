package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The windows of 30 seconds in which a device has one code (RFC 6238), and waiting for the next.
 */
final class CodeWindows {
  private static final long SECONDS = 30;

  private final InstantSource clock;
  private final Pause pause;

  CodeWindows(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** The windows of this clock; waiting takes its time. */
  static CodeWindows of(InstantSource clock) {
    return new CodeWindows(
        clock,
        span -> {
          boolean _ = new CountDownLatch(1).await(span.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  /** Until the next window begins; more than nothing, 30 seconds at most. */
  Duration untilNext() {
    return Duration.ofSeconds(SECONDS - Math.floorMod(clock.instant().getEpochSecond(), SECONDS));
  }

  void awaitNext() throws HelperFailedException {
    try {
      pause.last(untilNext());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HelperFailedException("was interrupted");
    }
  }
}
