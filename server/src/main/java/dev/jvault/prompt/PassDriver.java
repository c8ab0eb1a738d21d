package dev.jvault.prompt;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The pass-otp extension of pass; its entry has the name of the MFA device, or the one in {@code
 * PASS_OATH_CREDENTIAL_NAME}, as for aws-vault.
 */
final class PassDriver extends DeviceDriver {
  /** The person may have to open GnuPG's key. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  PassDriver() {
    super("pass", LIMIT);
  }

  @Override
  List<String> arguments(String serial, Map<String, String> helper) {
    return List.of("otp", helper.getOrDefault("PASS_OATH_CREDENTIAL_NAME", serial));
  }
}
