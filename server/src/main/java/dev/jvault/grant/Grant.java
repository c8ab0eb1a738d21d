package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One consumer's right to read one profile's credentials over the endpoint.
 *
 * @param id names it in paths, lists and file names: ASCII letters, digits, {@code - _}
 * @param kind what the consumer is
 * @param profile the profile that it may read
 * @param environment the caller's variables that the profile is resolved with
 * @param roles the ARNs of the roles that it may ask for besides its profile
 * @param holder the process that it ends with, for a grant of one process
 * @param made when it was made
 */
public record Grant(
    String id,
    Kind kind,
    String profile,
    CallerEnvironment environment,
    List<String> roles,
    Optional<ProcessIdentity> holder,
    Instant made) {
  /** What the consumer is. */
  public enum Kind {
    /** This user's own terminals; outlives the commands. */
    TERMINAL,
    /** IDEs and applications that a person pointed at the endpoint. */
    SERVER,
    /** A container of this host. */
    CONTAINER,
    /**
     * A listener for instance metadata: its secret keys the tokens that the listener makes, and is
     * presented by nobody.
     */
    IMDS,
    /** One process, which reads the token from its file. */
    BOUND,
    /** One process, which has the token as a variable: it lies in no file and never changes. */
    ENVIRONMENT;

    /** Whether it outlives its consumers, so that its token is replaced now and then. */
    boolean rotates() {
      return this == TERMINAL || this == SERVER || this == CONTAINER;
    }

    /** Whether it ends with one process. */
    boolean held() {
      return this == BOUND || this == ENVIRONMENT;
    }
  }

  /** Copies the roles. */
  public Grant {
    roles = List.copyOf(roles);
  }

  /** The path on the endpoint at which its credentials are. */
  public String credentialsPath() {
    return "/credentials/" + id;
  }

  /** The path at which the launcher reads them in the form of credential_process. */
  public String processPath() {
    return "/credential-process/" + id;
  }

  /** Whether the process that it belongs to is gone. */
  public boolean orphaned() {
    return holder.isPresent() && !holder.get().alive();
  }

  Grant with(CallerEnvironment latest) {
    return new Grant(id, kind, profile, latest, roles, holder, made);
  }
}
