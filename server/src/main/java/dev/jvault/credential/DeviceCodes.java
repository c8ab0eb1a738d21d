package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.MfaProcess;
import dev.jvault.secret.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives each STS call of one caller its MFA code: the code that the user has offered, else one of
 * the profile's {@code mfa_process}. {@link MfaCodes} describes the life of a code.
 */
record DeviceCodes(MfaCodes codes, Map<String, String> helper) {
  /** Makes a call with a code of the device. Needs the user if there is none. */
  Outcome with(MfaDevice device, Function<Secret, Outcome> call) {
    Optional<Secret> given = codes.take(device);
    if (given.isPresent()) {
      return codes.judged(device, given.get(), call.apply(given.get()));
    }
    if (device.process().isEmpty()) {
      return new Outcome.NeedsPerson(new PersonNeed.MfaCode(device.serial()));
    }
    var command = new MfaProcess(device.process().get(), helper);
    try {
      return call.apply(codes.printed(device.serial(), command, _ -> {}));
    } catch (HelperFailedException e) {
      return HelperOutcome.of(
          command.subject(), e, HelperOutcome.missing(device.process().get(), helper));
    }
  }
}
