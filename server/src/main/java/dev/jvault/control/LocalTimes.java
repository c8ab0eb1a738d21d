package dev.jvault.control;

import dev.jvault.protocol.SpanText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as a person reads them: the span first, then the time of day where the person is, with the
 * day if it is another one. Programs read UTC; see {@link dev.jvault.json.JsonText#time}.
 *
 * @param now the time at which the person reads
 * @param zone the time zone of the person's terminal
 */
record LocalTimes(Instant now, ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);

  /** How far a day may be away to be called by its name. */
  private static final int DAYS_WITH_A_NAME = 6;

  /** The time until an end: {@code 59 min (until 03:25)}. */
  String left(Instant end) {
    return end.isAfter(now)
        ? SpanText.of(Duration.between(now, end)) + " (until " + at(end) + ")"
        : "ended";
  }

  /** The time until something happens: {@code in 34 min (03:01)}. */
  String in(Instant due) {
    return due.isAfter(now)
        ? "in " + SpanText.of(Duration.between(now, due)) + " (" + at(due) + ")"
        : "now";
  }

  /** The time since a beginning: {@code 3 h 5 min (since 00:20)}. */
  String since(Instant begin) {
    return span(begin) + " (since " + at(begin) + ")";
  }

  /** The same behind a sentence: {@code (for 3 h 5 min, since 00:20)}. */
  String note(Instant begin) {
    return "(for " + span(begin) + ", since " + at(begin) + ")";
  }

  /** The time since an event: {@code 3 h 5 min ago (00:20)}. */
  String ago(Instant event) {
    return shortAgo(event) + " (" + at(event) + ")";
  }

  /** The same without the time of day, for lists in which only the age counts. */
  String shortAgo(Instant event) {
    return span(event) + " ago";
  }

  /** The time of day, with the day unless it is today: {@code Sun 03:25}. */
  String at(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    LocalDate today = now.atZone(zone).toLocalDate();
    long days = local.toLocalDate().toEpochDay() - today.toEpochDay();
    String time = TIME.format(local);
    if (days == 0) {
      return time;
    }
    return Math.abs(days) <= DAYS_WITH_A_NAME
        ? DAY.format(local) + " " + time
        : local.toLocalDate() + " " + time;
  }

  private String span(Instant begin) {
    return SpanText.of(Duration.between(begin, now));
  }
}
