package dev.jvault.sso;

import dev.jvault.secret.Secret;

/** What a browser brought back from the login page. */
sealed interface Redirect {
  /** The code that the token is given for. */
  record Code(Secret code) implements Redirect {}

  /**
   * No code.
   *
   * @param error in the words of RFC 6749, such as {@code access_denied}
   */
  record Failed(String error) implements Redirect {}
}
