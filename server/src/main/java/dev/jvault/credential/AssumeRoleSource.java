package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** AssumeRole with the credentials of the hop below. */
final class AssumeRoleSource implements CredentialSource {
  private final Hop.AssumeRole hop;
  private final Sts sts;

  AssumeRoleSource(Hop.AssumeRole hop, Sts sts) {
    this.hop = hop;
    this.sts = sts;
  }

  @Override
  public Outcome obtain(SigningCredentials below) {
    return sts.assumeRole(below, hop, Optional.empty());
  }

  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "AssumeRole",
        hop.roleArn(),
        hop.sessionName(),
        hop.externalId().orElse(""),
        hop.duration().toString(),
        StsFingerprint.of(hop.sts()));
  }

  @Override
  public boolean needsPerson() {
    return false;
  }

  @Override
  public String label() {
    return hop.roleArn();
  }
}
