package dev.jvault.sso;

import dev.jvault.secret.SessionCredentials;

/** The closed set of answers of {@link SsoPortal#roleCredentials}. */
public sealed interface RoleAnswer {
  /** Credentials. */
  record Issued(SessionCredentials credentials) implements RoleAnswer {}

  /** The token counts no more. */
  record Unauthorized() implements RoleAnswer {}

  /**
   * Not for this person.
   *
   * @param sentence names account and role
   */
  record Refused(String sentence) implements RoleAnswer {}

  /** No answer this time. */
  record Unavailable(String sentence) implements RoleAnswer {}
}
