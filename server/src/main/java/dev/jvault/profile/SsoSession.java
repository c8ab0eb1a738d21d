package dev.jvault.profile;

import java.net.URI;
import java.util.List;

/**
 * A login to IAM Identity Center as a config file describes it: an {@code [sso-session NAME]}
 * section, or the older {@code sso_start_url} and {@code sso_region} of a profile itself. All
 * profiles that name it share its token.
 *
 * @param name of the section, or the start URL in the older form: the AWS CLI's cache is keyed by
 *     it
 * @param startUrl of the access portal, or the issuer
 * @param region the region of Identity Center, for both services
 * @param scopes from {@code sso_registration_scopes}, by default {@code sso:account:access}; empty
 *     in the older form, whose token cannot be refreshed
 * @param legacy whether it is the older form
 * @param oidc the service that issues tokens (SSO-OIDC)
 * @param portal the service that issues role credentials (SSO)
 * @param login how the section wants its user to log in
 */
public record SsoSession(
    String name,
    URI startUrl,
    String region,
    List<String> scopes,
    boolean legacy,
    ServiceTarget oidc,
    ServiceTarget portal,
    SsoLoginSettings login) {
  /** A login whose section says nothing of how to log in. */
  public SsoSession(
      String name,
      URI startUrl,
      String region,
      List<String> scopes,
      boolean legacy,
      ServiceTarget oidc,
      ServiceTarget portal) {
    this(name, startUrl, region, scopes, legacy, oidc, portal, SsoLoginSettings.USUAL);
  }

  /** Copies the scopes. */
  public SsoSession {
    scopes = List.copyOf(scopes);
  }
}
