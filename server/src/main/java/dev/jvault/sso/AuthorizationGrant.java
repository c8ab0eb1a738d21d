package dev.jvault.sso;

import dev.jvault.secret.Secret;

/** What jvault exchanges for a token. */
public sealed interface AuthorizationGrant {
  /**
   * The code that the browser brought back (RFC 6749, section 4.1.3).
   *
   * @param redirectUri where the browser brought it, exactly as in the authorization request
   * @param verifier the secret whose hash was in the authorization request (RFC 7636)
   */
  record AuthorizationCode(Secret code, String redirectUri, Secret verifier)
      implements AuthorizationGrant {}

  /** The device code of a {@link SsoOidc.DeviceAuthorization}. */
  record DeviceCode(Secret code) implements AuthorizationGrant {}

  /** The refresh token that was issued with the last access token. */
  record RefreshToken(Secret token) implements AuthorizationGrant {}
}
