package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations as users write them in options: {@code 1h}, {@code 1h30m}, {@code 2d}. */
final class DurationOption {
  /** Go's notation, as in the other duration options, plus days. */
  private static final Pattern SPAN = Pattern.compile("(?:\\d{1,6}[dhms])+");

  private static final Pattern PART = Pattern.compile("(\\d+)([dhms])");

  private DurationOption() {}

  /**
   * Parses a duration.
   *
   * @param option the name of the option, for the error
   * @throws JvaultException with {@link ExitCode#USAGE} for any other text
   */
  static Duration parse(String option, String text) {
    if (text.length() > 30 || !SPAN.matcher(text).matches()) {
      throw new JvaultException(
          ExitCode.USAGE, option + " takes a duration such as 30m, 1h or 2d; correct it.");
    }
    Duration span = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long count = Long.parseLong(part.group(1));
      span =
          span.plus(
              switch (part.group(2)) {
                case "d" -> Duration.ofDays(count);
                case "h" -> Duration.ofHours(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofSeconds(count);
              });
    }
    return span;
  }
}
