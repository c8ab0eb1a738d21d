package dev.jvault.session;

import dev.jvault.secret.AccessKeyIds;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A long-lived key that AWS no longer knows.
 *
 * @param name its name in the vault, or the profile that contains it
 * @param since when AWS first refused it
 * @param liveUntil the end of its last live session; empty if there is none
 */
public record RefusedKey(
    String name, String accessKeyId, Instant since, Optional<Instant> liveUntil) {
  /**
   * The sentence for the user.
   *
   * @param time how the user reads a time that is to come
   */
  public String sentence(Function<Instant, String> time) {
    return "AWS no longer knows the key of %s (%s); %srun `jvault add %s`."
        .formatted(
            name,
            AccessKeyIds.shown(accessKeyId),
            liveUntil.map(end -> "live sessions end " + time.apply(end) + "; ").orElse(""),
            name);
  }
}
