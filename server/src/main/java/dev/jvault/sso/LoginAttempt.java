package dev.jvault.sso;

/** What one attempt to log in came to. */
sealed interface LoginAttempt {
  /** A token. */
  record Token(IssuedToken token) implements LoginAttempt {}

  /** AWS does not know the registered client any more. */
  record ClientUnknown() implements LoginAttempt {}

  /** No token. */
  record Over(LoginResult result) implements LoginAttempt {}

  /** An answer of AWS that is final. */
  static <T> LoginAttempt refused(OidcResponse.Refused<T> answer) {
    return switch (answer.refusal()) {
      case INVALID_CLIENT -> new ClientUnknown();
      case UNAVAILABLE, PENDING, SLOW_DOWN ->
          new Over(new LoginResult.Unavailable(answer.sentence()));
      case EXPIRED -> new Over(new LoginResult.GivenUp(answer.sentence()));
      case DENIED, INVALID_GRANT, REJECTED -> new Over(new LoginResult.Refused(answer.sentence()));
    };
  }
}
