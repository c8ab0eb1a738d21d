package dev.jvault.credential;

import dev.jvault.secret.AccessKeyIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What credentials and tokens that come over a wire may look like. They end up in files, headers
 * and environments, in which a newline or a NUL begins something else, and in memory.
 */
public final class IssuedLimits {
  /** AWS's longest session, that of {@code GetSessionToken}. */
  public static final Duration LONGEST_SESSION = Duration.ofHours(36);

  /** AWS's secret keys have 40 characters. */
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{1,1024}");

  /** AWS names no limit; its session tokens have a thousand characters or so. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

  private IssuedLimits() {}

  /** Whether a text can be a token of any service: visible ASCII, 16 KiB at most. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * What is wrong with the parts of a session, as the end of a sentence that says who answered,
   * such as {@code answered with an access key ID that is none}; empty if nothing is. Quotes no
   * part.
   */
  public static Optional<String> fault(String accessKeyId, String secretAccessKey, String token) {
    if (!AccessKeyIds.possible(accessKeyId)) {
      return Optional.of("answered with an access key ID that is none");
    }
    if (!SECRET.matcher(secretAccessKey).matches()) {
      return Optional.of("answered with a secret access key that is none");
    }
    return isToken(token)
        ? Optional.empty()
        : Optional.of("answered with a session token that is none");
  }

  /** The same for a session's end, by the same clock as {@code now}. */
  public static Optional<String> fault(Instant end, Instant now) {
    return end.isAfter(latest(now))
        ? Optional.of(
            "answered with credentials that end more than %d hours from now, which AWS never issues"
                .formatted(LONGEST_SESSION.toHours()))
        : Optional.empty();
  }

  /** The latest end that a session which begins now can have. A minute is left to the clocks. */
  public static Instant latest(Instant now) {
    return now.plus(LONGEST_SESSION).plus(Duration.ofMinutes(1));
  }
}
