package dev.jvault.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A long-lived key that AWS does not know.
 *
 * @param name its name in the vault, or the profile that contains it
 * @param since when AWS first refused it
 * @param liveUntil the end of its last live session; empty if there is none
 */
public record RefusedKey(
    String name, String accessKeyId, Instant since, Optional<Instant> liveUntil) {
  /** The sentence for the user. */
  public String sentence() {
    return "AWS does not know the key of %s (%s): it may be deactivated or deleted, or the account has not enabled the region; %scheck it in IAM, or run `jvault add %s` with a valid one."
        .formatted(
            name,
            accessKeyId,
            liveUntil.map(end -> "live sessions end at " + end + "; ").orElse(""),
            name);
  }
}
