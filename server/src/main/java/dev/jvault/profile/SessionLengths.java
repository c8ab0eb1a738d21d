package dev.jvault.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the sessions of a chain are to live, as variables and profiles say. */
final class SessionLengths {
  /** What AWS allows a role that is assumed with anything but a long-lived key. */
  static final Duration LONGEST_CHAINED_ROLE = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST_TOKEN = Duration.ofHours(36);
  private static final Duration LONGEST_ROLE = Duration.ofHours(12);

  /** A working day with one MFA code. */
  private static final Duration USUAL_TOKEN = Duration.ofHours(12);

  private static final Duration USUAL_ROLE = Duration.ofHours(1);

  /** Go's {@code time.ParseDuration}, in which aws-vault's variables are written. */
  private static final Pattern GO_DURATION =
      Pattern.compile("(?:(?:\\d{1,12}(?:\\.\\d{0,9})?|\\.\\d{1,9})(?:ns|us|µs|μs|ms|s|m|h))+");

  private static final Pattern GO_PART = Pattern.compile("([\\d.]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private final SettingLookup lookup;

  SessionLengths(SettingLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * The life of a GetSessionToken session.
   *
   * @param chained whether roles are assumed with it
   */
  Duration sessionToken(boolean chained) {
    return Optional.of("AWS_CHAINED_SESSION_TOKEN_TTL")
        .filter(_ -> chained)
        .flatMap(name -> variable(name, LONGEST_TOKEN))
        .or(() -> variable("AWS_SESSION_TOKEN_TTL", LONGEST_TOKEN))
        .or(() -> variable("AWS_SESSION_TTL", LONGEST_TOKEN))
        .orElse(USUAL_TOKEN);
  }

  /** The life of a role's session: of the variable, the profile or {@code [default]}. */
  Duration role(Profile profile) {
    return variable("AWS_ASSUME_ROLE_TTL", LONGEST_ROLE)
        .or(() -> lookup.inherited(profile, "duration_seconds").map(SessionLengths::seconds))
        .orElse(USUAL_ROLE);
  }

  private Optional<Duration> variable(String name, Duration longest) {
    return lookup.variable(name).map(setting -> goDuration(setting, longest));
  }

  /** Reads a least remaining lifetime. */
  static Duration least(Setting setting) {
    return goDuration(setting, Duration.ZERO, LONGEST_TOKEN);
  }

  private static Duration goDuration(Setting setting, Duration longest) {
    return goDuration(setting, SHORTEST, longest);
  }

  private static Duration goDuration(Setting setting, Duration shortest, Duration longest) {
    if (GO_DURATION.matcher(setting.text()).matches()) {
      BigDecimal nanos = BigDecimal.ZERO;
      Matcher part = GO_PART.matcher(setting.text());
      while (part.find()) {
        long unit = NANOS.getOrDefault(part.group(2), 0L);
        nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      }
      BigDecimal seconds = nanos.movePointLeft(9);
      if (seconds.compareTo(BigDecimal.valueOf(shortest.toSeconds())) >= 0
          && seconds.compareTo(BigDecimal.valueOf(longest.toSeconds())) <= 0) {
        return Duration.ofSeconds(seconds.longValue());
      }
    }
    throw setting.wrong(
        "is not a duration such as 1h30m from %s to %dh; correct or unset it"
            .formatted(Durations.text(shortest), longest.toHours()));
  }

  private static Duration seconds(Setting setting) {
    if (setting.text().matches("\\d{1,9}")) {
      Duration duration = Duration.ofSeconds(Integer.parseInt(setting.text()));
      if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST_ROLE) <= 0) {
        return duration;
      }
    }
    throw setting.wrong(
        "is not a number of seconds from %d to %d; correct it"
            .formatted(SHORTEST.toSeconds(), LONGEST_ROLE.toSeconds()));
  }
}
