package dev.jvault.sso;

import dev.jvault.secret.SsoToken;

/** The closed set of results of one attempt to log in. */
sealed interface LoginAttempt {
  /** The user authorized jvault, and AWS issued a token. */
  record Authorized(SsoToken token) implements LoginAttempt {}

  /** AWS no longer knows the registered client; a new one is needed. */
  record ClientUnknown() implements LoginAttempt {}

  /** There is no token. */
  record Ended(LoginResult result) implements LoginAttempt {}

  /** The result for an answer of SSO OIDC that ends the attempt. */
  static <T> LoginAttempt failed(OidcResponse.Failure<T> failure) {
    String sentence = failure.sentence();
    return switch (failure.code()) {
      case INVALID_CLIENT -> new ClientUnknown();
      case UNAVAILABLE, AUTHORIZATION_PENDING, SLOW_DOWN ->
          new Ended(new LoginResult.Unavailable(sentence));
      case EXPIRED_TOKEN -> new Ended(new LoginResult.GivenUp(sentence));
      case ACCESS_DENIED, INVALID_GRANT, INVALID_REQUEST ->
          new Ended(new LoginResult.Refused(sentence));
    };
  }
}
