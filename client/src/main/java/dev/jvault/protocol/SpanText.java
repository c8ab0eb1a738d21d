package dev.jvault.protocol;

import java.time.Duration;

/** Spans of time for users, such as {@code 59 min}. */
public final class SpanText {
  private SpanText() {}

  /**
   * A span in its largest unit, and in the next one for hours and days: {@code 3 h 5 min}. Rounded
   * down; a negative span, which a step of the clock makes, is {@code 0 s}.
   */
  public static String of(Duration span) {
    if (span.toDays() > 0) {
      return span.toDays() + " d" + rest(span.toHoursPart(), " h");
    }
    if (span.toHours() > 0) {
      return span.toHours() + " h" + rest(span.toMinutesPart(), " min");
    }
    return span.toMinutes() > 0 ? span.toMinutes() + " min" : Math.max(span.toSeconds(), 0) + " s";
  }

  private static String rest(int count, String unit) {
    return count == 0 ? "" : " " + count + unit;
  }
}
