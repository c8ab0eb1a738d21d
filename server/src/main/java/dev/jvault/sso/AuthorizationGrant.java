package dev.jvault.sso;

import dev.jvault.secret.Secret;

/** What a token is given for. */
public sealed interface AuthorizationGrant {
  /**
   * The code that came by the redirect (RFC 6749, section 4.1.3).
   *
   * @param redirectUri where it came, which must be the same again
   * @param verifier whose hash was in the request (RFC 7636)
   */
  record AuthorizationCode(Secret code, String redirectUri, Secret verifier)
      implements AuthorizationGrant {}

  /** The code of a {@link DeviceAuthorization}. */
  record DeviceCode(Secret code) implements AuthorizationGrant {}

  /** The token that came with the last access token. */
  record RefreshToken(Secret token) implements AuthorizationGrant {}
}
