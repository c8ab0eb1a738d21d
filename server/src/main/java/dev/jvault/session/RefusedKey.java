package dev.jvault.session;

import java.time.Instant;
import java.util.Optional;

/**
 * A long-lived key that AWS does not know any more.
 *
 * @param name the name that it has in the vault, or of the profile that it stands in
 * @param since when AWS said so
 * @param liveUntil the end of the last session that came from it; empty where none lives
 */
public record RefusedKey(
    String name, String accessKeyId, Instant since, Optional<Instant> liveUntil) {
  /** For the person. */
  public String sentence() {
    return "AWS no longer knows the key of %s (%s); %srun `jvault add %s`."
        .formatted(
            name,
            accessKeyId,
            liveUntil.map(end -> "live sessions end at " + end + "; ").orElse(""),
            name);
  }
}
