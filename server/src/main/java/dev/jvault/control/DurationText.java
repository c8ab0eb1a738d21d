package dev.jvault.control;

import java.time.Duration;
import java.time.Instant;

/** Formats durations for users. */
final class DurationText {
  private DurationText() {}

  /** The time until an instant: {@code 59m 12s}. */
  static String left(Instant end, Instant now) {
    return end.isAfter(now) ? span(Duration.between(now, end)) : "now";
  }

  /** The time since an instant: {@code 3h 5m}. */
  static String ago(Instant begin, Instant now) {
    return span(Duration.between(begin, now));
  }

  /** A duration: {@code 4m 0s}. */
  static String span(Duration span) {
    if (span.toDays() > 0) {
      return span.toDays() + "d " + span.toHoursPart() + "h";
    }
    if (span.toHours() > 0) {
      return span.toHours() + "h " + span.toMinutesPart() + "m";
    }
    return span.toMinutes() > 0
        ? span.toMinutes() + "m " + span.toSecondsPart() + "s"
        : Math.max(span.toSeconds(), 0) + "s";
  }
}
