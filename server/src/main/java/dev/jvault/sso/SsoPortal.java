package dev.jvault.sso;

import dev.jvault.profile.SsoSession;
import dev.jvault.secret.Secret;
import java.util.Optional;

/**
 * Where role credentials are had: the <a
 * href="https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/">SSO portal API</a>. A
 * call blocks for at most half a minute.
 */
public interface SsoPortal {
  /** Credentials of a role ({@code GetRoleCredentials}). */
  RoleAnswer roleCredentials(
      SsoSession session, Secret accessToken, String accountId, String roleName);

  /**
   * Ends the login of a token ({@code Logout}); one that has ended already is no trouble.
   *
   * @return a sentence where the portal could not be told
   */
  Optional<String> logout(SsoSession session, Secret accessToken);
}
