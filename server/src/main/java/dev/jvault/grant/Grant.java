package dev.jvault.grant;

import dev.jvault.profile.CallerEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The right of one consumer to read the credentials of one profile from the endpoint.
 *
 * @param id names it in paths, lists and file names: ASCII letters, digits, {@code - _}
 * @param kind what the consumer is
 * @param profile the profile that it may read
 * @param environment the caller's variables that the profile is resolved with
 * @param roles the ARNs of the roles that it may ask for besides its profile
 * @param holder the process with which a grant of one process ends
 * @param made when it was made
 * @param leadsTo whose credentials a command began with, see {@link
 *     dev.jvault.profile.Chain#leadsTo()}; empty for a consumer that follows its profile
 */
public record Grant(
    String id,
    Kind kind,
    String profile,
    CallerEnvironment environment,
    List<String> roles,
    Optional<ProcessIdentity> holder,
    Instant made,
    Optional<String> leadsTo) {
  /** What the consumer is. */
  public enum Kind {
    /** This user's own terminals; outlives the commands. */
    TERMINAL,
    /** IDEs and applications that the user pointed at the endpoint. */
    SERVER,
    /** A container of this host. */
    CONTAINER,
    /**
     * An IMDS listener. No client presents this grant's token: it is the key of the session tokens
     * that the listener makes.
     */
    IMDS,
    /** One process, which reads the token from its file. */
    BOUND,
    /**
     * One process, which has the token as a variable. The token is in no file and never changes.
     */
    ENVIRONMENT;

    /** Whether it outlives its consumers, so that its token is replaced now and then. */
    boolean rotates() {
      return this == TERMINAL || this == SERVER || this == CONTAINER;
    }

    /** Whether the user was told that it lasts, so that it survives a power failure too. */
    boolean lasts() {
      return this == SERVER || this == IMDS || this == CONTAINER;
    }

    /** Whether it ends with one process. */
    public boolean held() {
      return this == BOUND || this == ENVIRONMENT;
    }
  }

  /** A grant whose consumer follows its profile. */
  public Grant(
      String id,
      Kind kind,
      String profile,
      CallerEnvironment environment,
      List<String> roles,
      Optional<ProcessIdentity> holder,
      Instant made) {
    this(id, kind, profile, environment, roles, holder, made, Optional.empty());
  }

  /** Copies the roles. */
  public Grant {
    roles = List.copyOf(roles);
  }

  /** The path of its credentials on the endpoint. */
  public String credentialsPath() {
    return "/credentials/" + id;
  }

  /** The path of its credentials in the format of credential_process, for the launcher. */
  public String processPath() {
    return "/credential-process/" + id;
  }

  /** Whether the process that it belongs to is gone. */
  public boolean orphaned() {
    return holder.isPresent() && !holder.get().alive();
  }

  Grant with(CallerEnvironment latest) {
    return new Grant(id, kind, profile, latest, roles, holder, made, leadsTo);
  }
}
