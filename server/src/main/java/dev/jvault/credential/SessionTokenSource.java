package dev.jvault.credential;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.Hop;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.MfaProcess;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SigningCredentials;
import java.util.Map;
import java.util.Optional;

/** GetSessionToken on a long-lived key, with the code of an MFA device where the chain has one. */
final class SessionTokenSource implements CredentialSource {
  private final Hop.SessionToken hop;
  private final Sts sts;
  private final MfaCodes codes;
  private final Map<String, String> helper;

  SessionTokenSource(Hop.SessionToken hop, Sts sts, MfaCodes codes, Map<String, String> helper) {
    this.hop = hop;
    this.sts = sts;
    this.codes = codes;
    this.helper = helper;
  }

  @Override
  public Outcome obtain(SigningCredentials below) {
    if (!(below instanceof AccessKey key)) {
      throw new IllegalStateException("GetSessionToken takes a long-lived key");
    }
    return hop.mfa().isEmpty()
        ? sts.getSessionToken(key, hop, Optional.empty())
        : withCode(key, hop.mfa().get());
  }

  private Outcome withCode(AccessKey key, MfaDevice device) {
    Optional<Secret> code = codes.take(device);
    if (code.isPresent()) {
      return sts.getSessionToken(key, hop, code);
    }
    if (device.process().isEmpty()) {
      return new Outcome.NeedsPerson(new PersonNeed.MfaCode(device.serial()));
    }
    String command = device.process().get();
    try {
      Secret printed = new MfaProcess(command, helper).code();
      return sts.getSessionToken(key, hop, Optional.of(printed));
    } catch (HelperFailedException e) {
      return new Outcome.Unavailable(
          "The mfa_process `%s` %s.".formatted(HelperCommand.printable(command), e.clause()));
    }
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
