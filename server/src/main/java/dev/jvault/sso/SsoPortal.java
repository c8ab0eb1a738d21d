package dev.jvault.sso;

import dev.jvault.credential.Outcome;
import dev.jvault.profile.SsoSession;
import dev.jvault.secret.Secret;
import java.util.Optional;

/**
 * The access portal of IAM Identity Center, which issues the credentials of roles: the <a
 * href="https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/">SSO portal API</a>. A
 * call blocks for at most half a minute.
 */
public interface SsoPortal {
  /**
   * Obtains the credentials of a role ({@code GetRoleCredentials}).
   *
   * @return {@link Outcome.NeedsPerson} if the portal rejects the token, so that the user has to
   *     log in again
   */
  Outcome roleCredentials(
      SsoSession session, Secret accessToken, String accountId, String roleName);

  /**
   * Asks the page of the portal for the region of Identity Center, which it names for its own
   * scripts.
   *
   * @param session whose start URL is asked, by its proxy and with its certificates; its region
   *     means nothing
   * @return empty if the page cannot be reached or does not say it
   */
  Optional<String> region(SsoSession session);

  /**
   * Lists a part of the user's accounts ({@code ListAccounts}), without their roles.
   *
   * @param next from the part before; empty for the first part
   */
  PortalPage<SsoAccount> accounts(SsoSession session, Secret accessToken, Optional<String> next);

  /**
   * Lists a part of the names of the user's roles in an account ({@code ListAccountRoles}).
   *
   * @param next from the part before; empty for the first part
   */
  PortalPage<String> roles(
      SsoSession session, Secret accessToken, String accountId, Optional<String> next);

  /**
   * Ends the login of a token ({@code Logout}). A token that is no longer valid is no error.
   *
   * @return a sentence if the portal refused or could not be reached
   */
  Optional<String> logout(SsoSession session, Secret accessToken);
}
