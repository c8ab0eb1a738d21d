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
 * @param region where Identity Center is; both services are asked there
 * @param scopes from {@code sso_registration_scopes}; {@code sso:account:access} where none are
 *     named; empty in the older form, whose token cannot be refreshed
 * @param legacy whether it is the older form
 * @param oidc where tokens are issued (SSO-OIDC)
 * @param portal where role credentials are had (SSO)
 */
public record SsoSession(
    String name,
    URI startUrl,
    String region,
    List<String> scopes,
    boolean legacy,
    ServiceTarget oidc,
    ServiceTarget portal) {
  /** Copies the scopes. */
  public SsoSession {
    scopes = List.copyOf(scopes);
  }
}
