package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** Takes a role of IAM Identity Center. */
final class SsoSource implements CredentialSource {
  private final Hop.Sso hop;
  private final SsoRoles sso;

  SsoSource(Hop.Sso hop, SsoRoles sso) {
    this.hop = hop;
    this.sso = sso;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    return sso.credentials(hop.session(), hop.accountId(), hop.roleName());
  }

  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "Sso",
        hop.session().name(),
        hop.session().startUrl().toString(),
        hop.session().region(),
        hop.session().portal().endpoint().map(Object::toString).orElse(""),
        hop.accountId(),
        hop.roleName());
  }

  @Override
  public boolean lastsAsLongAsALogin() {
    return true;
  }

  @Override
  public String service() {
    return "sso\0" + hop.session().startUrl() + "\0" + hop.session().portal().fingerprint();
  }

  @Override
  public String label() {
    return hop.roleName() + " in " + hop.accountId() + " by IAM Identity Center";
  }
}
