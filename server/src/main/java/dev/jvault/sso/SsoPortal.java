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
   * Ends the login of a token ({@code Logout}). A token that is no longer valid is no error.
   *
   * @return a sentence if the portal refused or could not be reached
   */
  Optional<String> logout(SsoSession session, Secret accessToken);
}
