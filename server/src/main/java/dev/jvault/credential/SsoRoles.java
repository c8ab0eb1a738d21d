package dev.jvault.credential;

import dev.jvault.profile.SsoSession;

/**
 * The roles that IAM Identity Center gives to a user who has logged in. A failure is an outcome
 * with one sentence, never an exception. A call blocks for at most half a minute.
 */
public interface SsoRoles {
  /**
   * The credentials of a role ({@code GetRoleCredentials}), by the session's token, which is
   * refreshed first if it is about to expire.
   *
   * @param accountId twelve digits
   * @return {@link PersonNeed.SsoLogin} if there is no login, or it has ended
   */
  Outcome credentials(SsoSession session, String accountId, String roleName);
}
