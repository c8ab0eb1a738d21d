package dev.jvault.secret;

import java.time.Instant;
import java.util.Optional;

/**
 * A token of IAM Identity Center, from the answer of SSO OIDC to the stored login.
 *
 * @param access the access token, which the access portal accepts
 * @param refresh the refresh token, which obtains the next token without the user; empty if there
 *     is none
 * @param expiration when the access token expires, by this machine's clock
 */
public record SsoToken(Secret access, Optional<Secret> refresh, Instant expiration) {
  /** The same access token without its refresh token. */
  public SsoToken withoutRefresh() {
    return new SsoToken(access, Optional.empty(), expiration);
  }

  /** The same token with another end, because the access portal no longer accepts it. */
  public SsoToken endingAt(Instant end) {
    return new SsoToken(access, refresh, end);
  }
}
