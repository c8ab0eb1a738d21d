package dev.jvault.aws;

import dev.jvault.profile.SsoSession;
import dev.jvault.sso.OidcResponse;
import dev.jvault.sso.OidcResponse.ErrorCode;
import dev.jvault.sso.OidcResponse.Failure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssooidc.model.AccessDeniedException;
import software.amazon.awssdk.services.ssooidc.model.AuthorizationPendingException;
import software.amazon.awssdk.services.ssooidc.model.ExpiredTokenException;
import software.amazon.awssdk.services.ssooidc.model.InvalidClientException;
import software.amazon.awssdk.services.ssooidc.model.InvalidGrantException;
import software.amazon.awssdk.services.ssooidc.model.InvalidScopeException;
import software.amazon.awssdk.services.ssooidc.model.SlowDownException;
import software.amazon.awssdk.services.ssooidc.model.UnauthorizedClientException;

/**
 * Translates errors of SSO OIDC into an error code and a sentence. The sentence never quotes AWS,
 * because AWS may repeat what was sent.
 */
final class OidcErrorMapper {
  private OidcErrorMapper() {}

  /**
   * Translates an error that has a code.
   *
   * @param what what jvault asked for, as a verb phrase such as {@code get a token}
   */
  static <T> OidcResponse<T> failure(AwsServiceException e, SsoSession session, String what) {
    String name = session.name();
    return switch (e) {
      case AuthorizationPendingException _ ->
          new Failure<>(ErrorCode.AUTHORIZATION_PENDING, "The code has not been entered yet.");
      case SlowDownException _ ->
          new Failure<>(ErrorCode.SLOW_DOWN, "AWS was asked too often; try again shortly.");
      case ExpiredTokenException _ ->
          new Failure<>(
              ErrorCode.EXPIRED_TOKEN,
              "The code was not entered in time; run `jvault sso login " + name + "` again.");
      case AccessDeniedException _ ->
          new Failure<>(
              ErrorCode.ACCESS_DENIED,
              "The login to " + name + " was refused; log in again to allow it.");
      case InvalidGrantException _ ->
          new Failure<>(
              ErrorCode.INVALID_GRANT,
              "AWS did not accept the code of the login to "
                  + name
                  + "; each works once and for a short time, so log in again.");
      case InvalidClientException _, UnauthorizedClientException _ ->
          new Failure<>(ErrorCode.INVALID_CLIENT, "AWS no longer knows this jvault; log in again.");
      case InvalidScopeException _ ->
          new Failure<>(
              ErrorCode.INVALID_REQUEST,
              "AWS does not know one of the scopes of "
                  + name
                  + "; correct its sso_registration_scopes.");
      default ->
          new Failure<>(
              ErrorCode.INVALID_REQUEST,
              "AWS refused to %s for %s (%s); check its sso_start_url and sso_region."
                  .formatted(what, name, SsoCalls.code(e)));
    };
  }

  /** A failure without a usable answer. */
  static <T> OidcResponse<T> unavailable(String sentence) {
    return new Failure<>(ErrorCode.UNAVAILABLE, sentence);
  }
}
