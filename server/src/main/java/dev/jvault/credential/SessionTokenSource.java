package dev.jvault.credential;

import dev.jvault.profile.Hop;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/** GetSessionToken on a long-lived key, with the code of an MFA device where the chain has one. */
final class SessionTokenSource implements CredentialSource {
  private final Hop.SessionToken hop;
  private final Sts sts;
  private final MfaCodes codes;

  SessionTokenSource(Hop.SessionToken hop, Sts sts, MfaCodes codes) {
    this.hop = hop;
    this.sts = sts;
    this.codes = codes;
  }

  @Override
  public Outcome obtain(SigningCredentials below) {
    if (!(below instanceof AccessKey key)) {
      throw new IllegalStateException("GetSessionToken takes a long-lived key");
    }
    if (hop.mfa().isEmpty()) {
      return sts.getSessionToken(key, hop, Optional.empty());
    }
    Optional<Secret> code = codes.take(hop.mfa().get());
    return code.isPresent()
        ? sts.getSessionToken(key, hop, code)
        : new Outcome.NeedsPerson(new PersonNeed.MfaCode(hop.mfa().get().serial()));
  }

  @Override
  public String fingerprint() {
    return String.join(
        "\0",
        "GetSessionToken",
        hop.mfa().map(device -> device.serial()).orElse(""),
        hop.duration().toString(),
        StsFingerprint.ofAnyRegion(hop.sts()));
  }

  @Override
  public boolean needsPerson() {
    return hop.mfa().isPresent();
  }

  @Override
  public String label() {
    return hop.mfa().map(device -> "MFA session " + device.serial()).orElse("session");
  }
}
