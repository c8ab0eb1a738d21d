package dev.jvault.sso;

import dev.jvault.secret.Secret;

/** What there is of a session's token. */
sealed interface HeldToken {
  /** A token that lives. */
  record Live(Secret access) implements HeldToken {}

  /** None: somebody has to log in. */
  record Missing() implements HeldToken {}

  /**
   * Perhaps one, in the vault, which is locked.
   *
   * @param shut whether a person has locked it
   */
  record Locked(boolean shut) implements HeldToken {}

  /**
   * One that has ended and could not be renewed this time.
   *
   * @param sentence what is wrong and what to do next
   */
  record Stuck(String sentence) implements HeldToken {}
}
