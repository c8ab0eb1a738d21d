package dev.jvault.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Remembers the longest session that each role allows, once STS has refused a longer one. A role's
 * {@code MaxSessionDuration} is at least one hour. STS refuses a longer session instead of
 * shortening it, and rarely says which duration it would allow.
 */
final class RoleDurationLimits {
  private static final Duration ALWAYS_ALLOWED = Duration.ofHours(1);
  private static final int MOST = 1_000;

  /** Matches {@code Member must have value less than or equal to 43200}. */
  private static final Pattern NAMED = Pattern.compile("less than or equal to (\\d{4,5})\\b");

  private final Map<String, Duration> known = new ConcurrentHashMap<>();

  /**
   * Calls STS with the requested duration, or with the role's limit if that is known and shorter.
   * If STS refuses the duration, calls it once more with the duration that it allows.
   *
   * @param call calls STS with a duration, and throws its refusal
   */
  <T> T within(String roleArn, Duration requested, Function<Duration, T> call) {
    Duration longest = known.getOrDefault(roleArn, requested);
    Duration tried = longest.compareTo(requested) < 0 ? longest : requested;
    try {
      return call.apply(tried);
    } catch (AwsServiceException e) {
      return call.apply(allowed(tried, e).map(found -> keep(roleArn, found)).orElseThrow(() -> e));
    }
  }

  private Duration keep(String roleArn, Duration allowed) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(roleArn, allowed);
    return allowed;
  }

  /** The duration that a refusal allows; empty if STS did not refuse because of the duration. */
  private static Optional<Duration> allowed(Duration refused, AwsServiceException refusal) {
    String message =
        refusal.awsErrorDetails() == null
            ? ""
            : String.valueOf(refusal.awsErrorDetails().errorMessage());
    boolean duration = message.contains("DurationSeconds") || message.contains("durationSeconds");
    return Optional.of(named(message))
        .filter(allowed -> duration && allowed.compareTo(refused) < 0);
  }

  private static Duration named(String message) {
    Matcher named = NAMED.matcher(message);
    return named.find() ? Duration.ofSeconds(Long.parseLong(named.group(1))) : ALWAYS_ALLOWED;
  }
}
