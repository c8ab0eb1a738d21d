package dev.jvault.credential;

import dev.jvault.profile.SsoSession;

/**
 * The roles that IAM Identity Center gives to whoever has logged in. Every trouble is an outcome
 * with one sentence. A call blocks for at most half a minute.
 */
public interface SsoRoles {
  /**
   * Credentials of a role ({@code GetRoleCredentials}), with the session's token, which is
   * refreshed first where it is near its end.
   *
   * @param accountId twelve digits
   * @return {@link PersonNeed.SsoLogin} where nobody is logged in, or the login has ended
   */
  Outcome credentials(SsoSession session, String accountId, String roleName);
}
