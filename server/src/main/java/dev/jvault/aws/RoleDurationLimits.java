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
 * The longest sessions that roles have been found to allow. A role's {@code MaxSessionDuration} is
 * at least one hour, and STS refuses what is longer instead of cutting it, mostly without naming
 * what would be allowed.
 */
final class RoleDurationLimits {
  private static final Duration ALWAYS_ALLOWED = Duration.ofHours(1);
  private static final int MOST = 1_000;

  /** Such as {@code Member must have value less than or equal to 43200}. */
  private static final Pattern NAMED = Pattern.compile("less than or equal to (\\d{4,5})\\b");

  private final Map<String, Duration> known = new ConcurrentHashMap<>();

  /**
   * Asks for a role for as long as is wanted, or less where the role is known to allow less; and
   * once more for what it allows, where that shows.
   *
   * @param call asks for a duration, and throws what AWS refuses
   */
  <T> T within(String roleArn, Duration wish, Function<Duration, T> call) {
    Duration longest = known.getOrDefault(roleArn, wish);
    Duration asked = longest.compareTo(wish) < 0 ? longest : wish;
    try {
      return call.apply(asked);
    } catch (AwsServiceException e) {
      return call.apply(allowed(asked, e).map(found -> keep(roleArn, found)).orElseThrow(() -> e));
    }
  }

  private Duration keep(String roleArn, Duration allowed) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(roleArn, allowed);
    return allowed;
  }

  /** What a refusal leaves to ask for; empty where it was not the duration that was refused. */
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
