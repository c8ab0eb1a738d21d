package dev.jvault.sso;

import java.time.Instant;

/** The closed set of ends of a login. */
public sealed interface LoginResult {
  /**
   * Somebody is logged in.
   *
   * @param until when the access token ends
   * @param refreshed whether there will be another one without the person
   */
  record LoggedIn(Instant until, boolean refreshed) implements LoginResult {}

  /**
   * AWS or the person has said no.
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
   * Nobody came to an end with it.
   *
   * @param sentence what is wrong and what to do next
   */
  record GivenUp(String sentence) implements LoginResult {}
}
