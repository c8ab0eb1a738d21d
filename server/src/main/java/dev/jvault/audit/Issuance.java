package dev.jvault.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Credentials that the daemon issued. It holds no secret: an access key id names a key, as it does
 * in CloudTrail. Names and paths may contain any character.
 *
 * @param time when the daemon issued them
 * @param profile the profile
 * @param method how the program got them
 * @param grant the id of the grant that the program presented, {@code -} on the control socket
 * @param role the ARN of the role, if the program named one
 * @param pid the process that got them, if it is known
 * @param executable the path of that process's program, if it is known
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
  /** The grant id of an issuance that needed no grant. */
  public static final String NO_GRANT = "-";

  /** The same without its process. */
  Issuance ofAnyProcess() {
    return with(grant, executable);
  }

  /** The same without its process and program. */
  Issuance ofAnyProgram() {
    return with(grant, Optional.empty());
  }

  /** The same without its process, program and grant. */
  Issuance ofAnyGrant() {
    return with(NO_GRANT, Optional.empty());
  }

  private Issuance with(String grantId, Optional<String> program) {
    return new Issuance(
        time,
        profile,
        method,
        grantId,
        role,
        OptionalLong.empty(),
        program,
        uid,
        accessKeyId,
        expiration);
  }

  /** The same without its times: equal for everything that one client gets from one session. */
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
