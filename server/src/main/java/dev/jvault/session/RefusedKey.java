package dev.jvault.session;

import dev.jvault.secret.AccessKeyIds;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A long-lived key that AWS does not know.
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
    return "AWS does not know the key of %s (%s): it may be deactivated or deleted, or the account has not enabled the region; %scheck it in IAM, or run `jvault add %s` with a valid one."
        .formatted(
            name,
            AccessKeyIds.shown(accessKeyId),
            liveUntil.map(end -> "live sessions end " + time.apply(end) + "; ").orElse(""),
            name);
  }
}
