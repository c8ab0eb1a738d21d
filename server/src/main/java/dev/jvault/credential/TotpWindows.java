package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The windows of 30 seconds in which a device has one code (RFC 6238), and waiting for the next.
 */
final class TotpWindows {
  private static final long SECONDS = 30;

  private final InstantSource clock;
  private final Sleeper pause;

  TotpWindows(InstantSource clock, Sleeper pause) {
    this.clock = clock;
    this.pause = pause;
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
