package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import dev.jvault.secret.OidcClient;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SsoToken;
import java.net.URI;
import java.time.Duration;

/**
 * The token service of IAM Identity Center: the <a
 * href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/">SSO OIDC API</a>. A call
 * blocks for at most half a minute, and ends early when its thread is interrupted.
 */
public interface SsoOidc {
  /** The redirect URI that a client is registered with; AWS accepts any port for it. */
  String REDIRECT_URI = "http://127.0.0.1/oauth/callback";

  /**
   * The page on which the user authorizes a client, without its query.
   *
   * @throws dev.jvault.protocol.JvaultException if the session's region or endpoint is invalid
   */
  URI authorizePage(SsoSession session);

  /** Registers a client for a flow ({@code RegisterClient}). */
  OidcResponse<OidcClient> register(SsoSession session, AuthorizationFlow flow);

  /** Starts a login with a device code ({@code StartDeviceAuthorization}). */
  OidcResponse<DeviceAuthorization> startDevice(SsoSession session, OidcClient client);

  /** Exchanges a grant for a token ({@code CreateToken}). */
  OidcResponse<SsoToken> token(SsoSession session, OidcClient client, AuthorizationGrant grant);

  /**
   * A login that the user can authorize on any device (RFC 8628, section 3.2).
   *
   * @param deviceCode identifies this login to AWS
   * @param userCode the code that the user enters
   * @param page the address of the page that asks for the code
   * @param pageWithCode the address of the same page with the code filled in
   * @param life how long the codes are valid, from now on
   * @param interval the shortest time between two requests for the token
   */
  record DeviceAuthorization(
      Secret deviceCode,
      String userCode,
      String page,
      String pageWithCode,
      Duration life,
      Duration interval) {}
}
