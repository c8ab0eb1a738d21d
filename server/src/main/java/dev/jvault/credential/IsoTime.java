package dev.jvault.credential;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the forms of ISO 8601 that botocore accepts: with or without separators, seconds and
 * fractions, with any offset. A time without an offset is refused, because botocore cannot compare
 * it.
 */
final class IsoTime {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-?(\\d\\d)-?(\\d\\d)[Tt ](\\d\\d):?(\\d\\d)(?::?(\\d\\d)(?:[.,](\\d{1,9})\\d*)?)?"
              + " ?(?:[Zz]|UTC|GMT|([+-])(\\d\\d):?(\\d\\d)?)");

  private IsoTime() {}

  /** The instant; empty if the text has another form or names a time that does not exist. */
  static Optional<Instant> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      var date = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
      var time = LocalTime.of(number(form, 4), number(form, 5), number(form, 6), nanos(form));
      return Optional.of(date.atTime(time).toInstant(offset(form)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static ZoneOffset offset(Matcher form) {
    int sign = "-".equals(form.group(8)) ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(sign * number(form, 9), sign * number(form, 10));
  }

  private static int nanos(Matcher form) {
    String fraction = form.group(7);
    return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
  }

  private static int number(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
