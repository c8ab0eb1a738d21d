package dev.jvault.profile;

import dev.jvault.protocol.CallerVariables;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
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
   * The life of a GetSessionToken session. The duration option does not change a chained one, so
   * that it costs no MFA code; aws-vault does the same.
   *
   * @param chained whether roles are assumed with it
   */
  Duration sessionToken(boolean chained) {
    Optional<Duration> own =
        chained
            ? variable("AWS_CHAINED_SESSION_TOKEN_TTL", LONGEST_TOKEN)
            : option("a key's session", LONGEST_TOKEN);
    return own.or(() -> variable("AWS_SESSION_TOKEN_TTL", LONGEST_TOKEN))
        .or(() -> variable("AWS_SESSION_TTL", LONGEST_TOKEN))
        .orElse(USUAL_TOKEN);
  }

  /**
   * The life of a GetFederationToken session; aws-vault's usual one, too. No console lasts longer
   * than twelve hours, so a session for one does not either.
   */
  Duration federationToken() {
    Duration wanted =
        option("a federated session", LONGEST_TOKEN)
            .or(() -> variable("AWS_FEDERATION_TOKEN_TTL", LONGEST_TOKEN))
            .orElse(USUAL_ROLE);
    boolean console = lookup.environment().get(CallerVariables.FEDERATION).isPresent();
    return console && wanted.compareTo(LONGEST_ROLE) > 0 ? LONGEST_ROLE : wanted;
  }

  /**
   * The life of a role's session: of the option, the variable, the profile or {@code [default]}.
   *
   * @param top whether it is the requested profile's role: the duration option is meant for that
   *     one only
   */
  Duration role(Profile profile, boolean top) {
    Optional<Duration> own = top ? option("a role's session", LONGEST_ROLE) : Optional.empty();
    return own.or(() -> variable("AWS_ASSUME_ROLE_TTL", LONGEST_ROLE))
        .or(() -> lookup.inherited(profile, "duration_seconds").map(SessionLengths::seconds))
        .orElse(USUAL_ROLE);
  }

  private Optional<Duration> option(String session, Duration longest) {
    return lookup
        .durationOption()
        .map(setting ->
            parsed(setting.text(), SHORTEST, longest)
                .orElseThrow(() -> wrongOption(session, longest)));
  }

  private static JvaultException wrongOption(String session, Duration longest) {
    return new JvaultException(
        ExitCode.USAGE,
        "-d (--duration) takes the length of %s, such as 1h30m, from %s to %dh; correct it."
            .formatted(session, Durations.text(SHORTEST), longest.toHours()));
  }

  private Optional<Duration> variable(String name, Duration longest) {
    return lookup.variable(name).map(setting -> goDuration(setting, longest));
  }

  /** Refuses a duration option that is a length of no session. */
  static void checkOption(String text) {
    if (parsed(text, SHORTEST, LONGEST_TOKEN).isEmpty()) {
      throw wrongOption("a session", LONGEST_TOKEN);
    }
  }

  /** Reads the length of a console's session. */
  static Duration ofConsole(String text) {
    return parsed(text, SHORTEST, LONGEST_ROLE)
        .orElseThrow(() -> wrongOption("a console's session", LONGEST_ROLE));
  }

  /** Reads a least remaining lifetime. */
  static Duration least(Setting setting) {
    return goDuration(setting, Duration.ZERO, LONGEST_TOKEN);
  }

  private static Duration goDuration(Setting setting, Duration longest) {
    return goDuration(setting, SHORTEST, longest);
  }

  private static Duration goDuration(Setting setting, Duration shortest, Duration longest) {
    return parsed(setting.text(), shortest, longest)
        .orElseThrow(() ->
            setting.wrong(
                "is not a duration such as 1h30m from %s to %dh; correct or unset it"
                    .formatted(Durations.text(shortest), longest.toHours())));
  }

  /** The duration; empty if the text is none, or one outside of the limits. */
  private static Optional<Duration> parsed(String text, Duration shortest, Duration longest) {
    if (GO_DURATION.matcher(text).matches()) {
      BigDecimal nanos = BigDecimal.ZERO;
      Matcher part = GO_PART.matcher(text);
      while (part.find()) {
        long unit = NANOS.getOrDefault(part.group(2), 0L);
        nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      }
      BigDecimal seconds = nanos.movePointLeft(9);
      if (seconds.compareTo(BigDecimal.valueOf(shortest.toSeconds())) >= 0
          && seconds.compareTo(BigDecimal.valueOf(longest.toSeconds())) <= 0) {
        return Optional.of(Duration.ofSeconds(seconds.longValue()));
      }
    }
    return Optional.empty();
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
