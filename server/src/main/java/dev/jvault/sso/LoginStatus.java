package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of a session's login.
 *
 * @param until when the access token expires; empty if the user is not logged in
 * @param refreshed whether jvault can renew the token without the user
 * @param shared whether jvault gives the token to the AWS CLI too
 */
public record LoginStatus(
    SsoSession session, Optional<Instant> until, boolean refreshed, Place place, boolean shared) {
  /** Where the token is. */
  public enum Place {
    /** Nowhere: the user is not logged in. */
    NONE,
    /** In the vault, or in memory if the vault cannot take it. */
    VAULT,
    /** In the AWS CLI's cache: the login is the AWS CLI's. */
    AWS_CLI,
    /** Unknown: the vault is locked and may hold it. */
    LOCKED
  }
}
