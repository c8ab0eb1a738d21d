package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** GetSessionToken with a long-lived key, and with an MFA code if the hop has a device. */
final class SessionTokenSource implements CredentialSource {
  private final Hop.SessionToken hop;
  private final Sts sts;
  private final DeviceCodes codes;

  SessionTokenSource(Hop.SessionToken hop, Sts sts, DeviceCodes codes) {
    this.hop = hop;
    this.sts = sts;
    this.codes = codes;
  }

  @Override
  public Outcome obtain(Optional<SigningCredentials> below) {
    if (!(below.orElse(null) instanceof AccessKey key)) {
      throw new IllegalStateException("GetSessionToken takes a long-lived key");
    }
    return hop.mfa()
        .map(device -> codes.with(device, code -> sts.getSessionToken(key, hop, Optional.of(code))))
        .orElseGet(() -> sts.getSessionToken(key, hop, Optional.empty()));
  }

  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "GetSessionToken",
        hop.mfa().map(MfaDevice::serial).orElse(""),
        hop.duration().toString(),
        hop.sts().fingerprintForAnyRegion());
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
  public String label() {
    return hop.mfa().map(device -> "MFA session " + device.serial()).orElse("session");
  }
}
