package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import java.net.URI;

/**
 * Where tokens of IAM Identity Center are issued: the <a
 * href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/">SSO OIDC API</a>. A call
 * blocks for at most half a minute, and ends early when its thread is interrupted.
 */
public interface SsoOidc {
  /** Where a client is registered to have browsers sent back to; it stands for any port. */
  String REDIRECT_URI = "http://127.0.0.1/oauth/callback";

  /**
   * The page on which a person authorizes a client, without its query.
   *
   * @throws dev.jvault.protocol.JvaultException where the session names no place
   */
  URI authorizePage(SsoSession session);

  /** Registers a client ({@code RegisterClient}) for one kind of login. */
  OidcResponse<OidcClient> register(SsoSession session, AuthorizationFlow manner);

  /** Begins a login with a code for another device ({@code StartDeviceAuthorization}). */
  OidcResponse<DeviceAuthorization> startDevice(SsoSession session, OidcClient client);

  /** Trades a proof for a token ({@code CreateToken}). */
  OidcResponse<IssuedToken> token(SsoSession session, OidcClient client, AuthorizationGrant grant);
}
