package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.RoleOptions;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/**
 * AssumeRole with the credentials of the hop below, and with an MFA code if the hop has a device.
 */
final class AssumeRoleSource implements CredentialSource {
  private final Hop.AssumeRole hop;
  private final Sts sts;
  private final DeviceCodes codes;

  AssumeRoleSource(Hop.AssumeRole hop, Sts sts, DeviceCodes codes) {
    this.hop = hop;
    this.sts = sts;
    this.codes = codes;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    SigningCredentials signer =
        below.orElseThrow(() -> new IllegalStateException("AssumeRole takes credentials"));
    return hop.mfa()
        .map(device -> codes.with(device, code -> sts.assumeRole(signer, hop, Optional.of(code))))
        .orElseGet(() -> sts.assumeRole(signer, hop, Optional.empty()));
  }

  @Override
  public String fingerprint() {
    RoleOptions options = hop.options();
    return String.join(
        "\0",
        "AssumeRole",
        hop.roleArn(),
        hop.sessionName(),
        options.externalId().orElse(""),
        options.sourceIdentity().orElse(""),
        options.tags().toString(),
        options.transitiveTags().toString(),
        hop.mfa().map(MfaDevice::serial).orElse(""),
        hop.duration().toString(),
        hop.sts().fingerprint());
  }

  @Override
  public boolean needsPerson() {
    return hop.mfa().isPresent();
  }

  @Override
  public String service() {
    return "sts\0" + hop.sts().fingerprint();
  }

  @Override
  public Optional<String> owner() {
    return Optional.of(hop.profile());
  }

  @Override
  public String label() {
    return hop.roleArn();
  }
}
