package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** GetFederationToken with a long-lived key. AWS takes no session and no MFA code for it. */
final class FederationTokenSource implements CredentialSource {
  private final Hop.FederationToken hop;
  private final Sts sts;

  FederationTokenSource(Hop.FederationToken hop, Sts sts) {
    this.hop = hop;
    this.sts = sts;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    if (!(below.orElse(null) instanceof AccessKey key)) {
      throw new IllegalStateException("GetFederationToken takes a long-lived key");
    }
    return sts.getFederationToken(key, hop);
  }

  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "GetFederationToken",
        hop.userName(),
        hop.limits().policy().orElse(""),
        hop.limits().policyArns().toString(),
        hop.duration().toString(),
        hop.sts().fingerprint());
  }

  @Override
  public String service() {
    return "sts\0" + hop.sts().fingerprint();
  }

  @Override
  public String label() {
    return "federated user " + hop.userName();
  }
}
