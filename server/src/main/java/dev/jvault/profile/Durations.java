package dev.jvault.profile;

import java.time.Duration;
import java.util.Locale;

/** Durations in the form that users write. */
public final class Durations {
  private static final Duration USUAL_LEAST = Duration.ofMinutes(5);

  private Durations() {}

  /**
   * The least remaining lifetime that a caller accepts for credentials it takes away: AWS_MIN_TTL
   * or, as in aws-vault, five minutes.
   *
   * @throws dev.jvault.protocol.JvaultException if it is no duration
   */
  public static Duration least(CallerEnvironment environment) {
    return environment
        .get("AWS_MIN_TTL")
        .map(value -> SessionLengths.least(Setting.variable("AWS_MIN_TTL", value)))
        .orElse(USUAL_LEAST);
  }

  /**
   * Refuses a duration option that no session can have, whatever the profile's source.
   *
   * @throws dev.jvault.protocol.JvaultException with {@link dev.jvault.protocol.ExitCode#USAGE}
   */
  public static void checkOption(String text) {
    SessionLengths.checkOption(text);
  }

  /**
   * The length of a console's session that a duration option names.
   *
   * @throws dev.jvault.protocol.JvaultException with {@link dev.jvault.protocol.ExitCode#USAGE} if
   *     it is none from 15 minutes to 12 hours
   */
  public static Duration ofConsole(String option) {
    return SessionLengths.ofConsole(option);
  }

  /** Such as {@code 1h}, {@code 1h30m} or {@code 45m}. */
  public static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
