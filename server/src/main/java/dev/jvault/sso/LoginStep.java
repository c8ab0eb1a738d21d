package dev.jvault.sso;

/** What one attempt to log in came to. */
sealed interface LoginStep {
  /** A token. */
  record Token(IssuedToken token) implements LoginStep {}

  /** AWS does not know the registered client any more. */
  record ClientUnknown() implements LoginStep {}

  /** No token. */
  record Over(LoginResult result) implements LoginStep {}

  /** An answer of AWS that is final. */
  static <T> LoginStep refused(OidcResult.Refused<T> answer) {
    return switch (answer.refusal()) {
      case INVALID_CLIENT -> new ClientUnknown();
      case UNAVAILABLE, PENDING, SLOW_DOWN ->
          new Over(new LoginResult.Unavailable(answer.sentence()));
      case EXPIRED -> new Over(new LoginResult.GivenUp(answer.sentence()));
      case DENIED, INVALID_GRANT, REJECTED -> new Over(new LoginResult.Refused(answer.sentence()));
    };
  }
}
