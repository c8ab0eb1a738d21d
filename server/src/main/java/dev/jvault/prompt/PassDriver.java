package dev.jvault.prompt;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The pass-otp extension of pass. Its entry is named after the MFA device, or by {@code
 * PASS_OATH_CREDENTIAL_NAME}, as in aws-vault.
 */
final class PassDriver extends DeviceDriver {
  /** The user may have to unlock the GnuPG key. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  PassDriver() {
    super("pass", LIMIT);
  }

  @Override
  List<String> arguments(String serial, Map<String, String> helper) {
    return List.of("otp", helper.getOrDefault("PASS_OATH_CREDENTIAL_NAME", serial));
  }
}
