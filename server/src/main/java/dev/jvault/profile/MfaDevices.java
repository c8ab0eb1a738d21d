package dev.jvault.profile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the MFA devices that the profiles of a path name, from the bottom up. */
final class MfaDevices {
  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_+=/:,.@-]{9,256}");
  private static final String VARIABLE = "AWS_MFA_SERIAL";

  private final List<Profile> path;
  private Optional<Setting> process = Optional.empty();
  private boolean processSought;

  MfaDevices(List<Profile> path) {
    this.path = path;
  }

  /** The device nearest to the key, because it must belong to the key's IAM user. */
  Optional<MfaDevice> nearest(SettingLookup lookup) {
    Optional<Setting> variable = lookup.variable(VARIABLE);
    return variable.isPresent()
        ? variable.map(serial -> device(serial, anyProcess(lookup)))
        : path.stream().flatMap(profile -> named(profile, lookup).stream()).findFirst();
  }

  /**
   * The device for one profile's own call; AWS_MFA_SERIAL applies to the requested profile only.
   */
  Optional<MfaDevice> of(Profile profile, boolean top, SettingLookup lookup) {
    Optional<Setting> variable = top ? lookup.variable(VARIABLE) : Optional.empty();
    return variable
        .map(serial -> device(serial, anyProcess(lookup)))
        .or(() -> named(profile, lookup));
  }

  private Optional<MfaDevice> named(Profile profile, SettingLookup lookup) {
    return lookup
        .own(profile, "mfa_serial")
        .map(serial ->
            device(serial, lookup.own(profile, "mfa_process").or(() -> anyProcess(lookup))));
  }

  /** Looked for once, because each role of the path may ask. */
  private Optional<Setting> anyProcess(SettingLookup lookup) {
    if (!processSought) {
      processSought = true;
      process =
          path.stream().flatMap(profile -> profile.setting("mfa_process").stream()).findFirst();
    }
    return lookup.remembered(process);
  }

  private static MfaDevice device(Setting serial, Optional<Setting> process) {
    if (!SERIAL.matcher(serial.text()).matches()) {
      throw serial.wrong("is not the ARN or serial number of an MFA device; correct it");
    }
    return new MfaDevice(serial.text(), process.map(Setting::text));
  }
}
