package dev.jvault.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Credentials that were given to somebody. It holds no secret: an access key id names a key, as it
 * does in CloudTrail. Names and paths may hold any character.
 *
 * @param time when
 * @param profile whose credentials they were
 * @param method how they left
 * @param grant the id of the grant that was presented, {@code -} on the control socket
 * @param role the ARN of the role, where the consumer named one
 * @param pid the process that took them, where it is known
 * @param executable the path of that process's program, where it is known
 * @param uid the user of that process
 * @param accessKeyId the id of the key or session
 * @param expiration when they end; a long-lived key does not
 */
public record Issuance(
    Instant time,
    String profile,
    DeliveryMethod method,
    String grant,
    Optional<String> role,
    OptionalLong pid,
    Optional<String> executable,
    long uid,
    String accessKeyId,
    Optional<Instant> expiration) {
  /** What stands for a grant where none was needed. */
  public static final String NO_GRANT = "-";

  /** The same without its times: equal for all that one client takes of one session. */
  Issuance client() {
    return new Issuance(
        Instant.EPOCH,
        profile,
        method,
        grant,
        role,
        pid,
        executable,
        uid,
        accessKeyId,
        Optional.empty());
  }
}
