package dev.jvault.sso;

import java.time.Instant;

/** The closed set of results of a login. */
public sealed interface LoginResult {
  /**
   * The user is logged in.
   *
   * @param until when the access token expires
   * @param refreshed whether jvault can renew it without the user
   */
  record LoggedIn(Instant until, boolean refreshed) implements LoginResult {}

  /**
   * AWS or the user refused.
   *
   * @param sentence what is wrong and what to do next
   */
  record Refused(String sentence) implements LoginResult {}

  /**
   * AWS did not answer.
   *
   * @param sentence what is wrong and what to do next
   */
  record Unavailable(String sentence) implements LoginResult {}

  /**
   * The user did not complete it in time, or the caller stopped waiting.
   *
   * @param sentence what is wrong and what to do next
   */
  record GivenUp(String sentence) implements LoginResult {}
}
