package dev.jvault.rotation;

import java.time.Duration;
import java.time.Instant;

/** How old a key is, in whole days. */
public final class KeyAge {
  private KeyAge() {}

  /** The days between two times; none if the first one is later. */
  public static long days(Instant created, Instant now) {
    return Math.max(0, Duration.between(created, now).toDays());
  }

  /** The age in words: {@code made today}, {@code 1 day old}, {@code 120 days old}. */
  public static String words(Instant created, Instant now) {
    long days = days(created, now);
    return days == 0 ? "made today" : days + (days == 1 ? " day old" : " days old");
  }
}
