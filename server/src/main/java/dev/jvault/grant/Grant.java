package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import java.util.Optional;

/**
 * One consumer's right to read one profile's credentials over the endpoint.
 *
 * @param id names it in paths, lists and file names: ASCII letters, digits, {@code - _ .}
 * @param kind what the consumer is
 * @param profile the profile that it may read
 * @param environment the caller's variables that the profile is resolved with
 * @param holder the process that it ends with, for a bound grant
 */
public record Grant(
    String id,
    Kind kind,
    String profile,
    CallerEnvironment environment,
    Optional<ProcessIdentity> holder) {
  /** What the consumer is. */
  public enum Kind {
    /** This user's own terminals; outlives the commands. */
    TERMINAL,
    /** IDEs and applications that a person pointed at the endpoint. */
    SERVER,
    /** One process. */
    BOUND,
    /** Whoever asks an IMDS listener; the token is the key of the listener's session tokens. */
    IMDS
  }

  /** The path on the endpoint at which its credentials are. */
  public String credentialsPath() {
    return "/credentials/" + id;
  }

  /** The path at which the launcher reads them in the form of credential_process. */
  public String processPath() {
    return "/credential-process/" + id;
  }

  Grant with(CallerEnvironment latest) {
    return new Grant(id, kind, profile, latest, holder);
  }
}
