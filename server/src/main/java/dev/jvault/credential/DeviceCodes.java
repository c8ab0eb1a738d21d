package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;
import dev.jvault.profile.MfaDevice;
import dev.jvault.prompt.MfaProcess;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gives each STS call of one caller its MFA code: the code that the user has offered, else one of
 * the profile's {@code mfa_process}. {@link MfaCodes} describes the life of a code.
 *
 * @param helper the environment of {@code mfa_process}
 * @param output receives a line if the next code takes seconds
 */
record DeviceCodes(MfaCodes codes, Map<String, String> helper, Consumer<String> output) {
  /** A shorter wait is over before the user has read the line. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

  /** Makes a call with a code of the device. Needs the user if there is none. */
  Outcome with(MfaDevice device, Function<Sts.MfaTokenCode, Outcome> call) {
    Optional<Secret> given = codes.take(device);
    if (given.isPresent()) {
      return codes.judged(device, given.get(), send(device.serial(), given.get(), call));
    }
    if (device.process().isEmpty()) {
      return new Outcome.NeedsPerson(new PersonNeed.MfaCode(device.serial()));
    }
    var command = new MfaProcess(device.process().get(), helper);
    try {
      Secret code = codes.printed(device.serial(), command, span -> tell(device, span));
      Outcome outcome = send(device.serial(), code, call);
      if (outcome instanceof Outcome.Issued) {
        codes.accepted(device.serial());
      }
      return outcome;
    } catch (HelperFailedException e) {
      return HelperOutcome.of(
          command.subject(), e, HelperOutcome.missing(device.process().get(), helper));
    }
  }

  private void tell(MfaDevice device, Duration span) {
    if (span.compareTo(WORTH_TELLING) >= 0) {
      output.accept(
          "waiting %d s for the next code of %s, because its last one has been used"
              .formatted(span.toSeconds(), device.serial()));
    }
  }

  private Outcome send(String serial, Secret code, Function<Sts.MfaTokenCode, Outcome> call) {
    var sent = new AtomicBoolean();
    Outcome outcome = call.apply(new Sts.MfaTokenCode(serial, code, () -> sent.set(true)));
    if (!sent.get()) {
      codes.notSent(serial, code);
    }
    return outcome;
  }
}
