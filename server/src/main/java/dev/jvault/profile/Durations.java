package dev.jvault.profile;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them. */
public final class Durations {
  private Durations() {}

  /** Such as {@code 1h}, {@code 1h30m} or {@code 45m}. */
  public static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
