package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import java.time.Instant;
import java.util.Optional;

/**
 * A login for a table.
 *
 * @param until when the access token ends, while somebody is logged in
 * @param refreshed whether there will be another one without the person
 * @param shared whether the AWS CLI is given the token too
 */
public record LoginStatus(
    SsoSession session, Optional<Instant> until, boolean refreshed, Place place, boolean shared) {
  /** Where the token is. */
  public enum Place {
    /** Nowhere: nobody is logged in. */
    NONE,
    /** In the vault, or in memory until there is one. */
    VAULT,
    /** In the cache of the AWS CLI, whose login it is. */
    AWS_CLI,
    /** Perhaps in the vault, which is locked. */
    LOCKED
  }
}
