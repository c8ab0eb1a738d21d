package dev.jvault.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The longest sessions that roles have been found to allow. A role's {@code MaxSessionDuration} is
 * at least one hour, and STS refuses what is longer instead of cutting it, mostly without naming
 * what would be allowed.
 */
final class RoleLimits {
  private static final Duration ALWAYS_ALLOWED = Duration.ofHours(1);
  private static final int MOST = 1_000;

  /** Such as {@code Member must have value less than or equal to 43200}. */
  private static final Pattern NAMED = Pattern.compile("less than or equal to (\\d{4,5})\\b");

  private final Map<String, Duration> known = new ConcurrentHashMap<>();

  /** What is worth asking for: the wish, or less where the role is known to allow less. */
  Duration atMost(String roleArn, Duration wish) {
    Duration longest = known.getOrDefault(roleArn, wish);
    return longest.compareTo(wish) < 0 ? longest : wish;
  }

  /** What to ask for after a refusal; empty where it was not the duration that was refused. */
  Optional<Duration> after(String roleArn, Duration refused, AwsServiceException refusal) {
    String message =
        refusal.awsErrorDetails() == null
            ? ""
            : String.valueOf(refusal.awsErrorDetails().errorMessage());
    boolean duration = message.contains("DurationSeconds") || message.contains("durationSeconds");
    Duration allowed = named(message);
    if (!duration || allowed.compareTo(refused) >= 0) {
      return Optional.empty();
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(roleArn, allowed);
    return Optional.of(allowed);
  }

  private static Duration named(String message) {
    Matcher named = NAMED.matcher(message);
    return named.find() ? Duration.ofSeconds(Long.parseLong(named.group(1))) : ALWAYS_ALLOWED;
  }
}
