package dev.jvault.prompt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The OATH application of a YubiKey, through Yubico's ykman, with aws-vault's variables: {@code
 * YKMAN_OATH_CREDENTIAL_NAME} is the account's name (by default the serial of the MFA device),
 * {@code YKMAN_OATH_DEVICE_SERIAL} the YubiKey, {@code AWS_VAULT_YKMAN_VERSION} ykman's major
 * version.
 */
final class YkmanDriver extends DeviceDriver {
  /** The YubiKey may wait for a touch. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  YkmanDriver() {
    super("ykman", LIMIT);
  }

  @Override
  List<String> arguments(String serial, Map<String, String> helper) {
    var arguments = new ArrayList<String>();
    String device = helper.getOrDefault("YKMAN_OATH_DEVICE_SERIAL", "");
    if (!device.isEmpty()) {
      arguments.addAll(List.of("--device", device));
    }
    boolean old = helper.getOrDefault("AWS_VAULT_YKMAN_VERSION", "4").matches("[123]");
    arguments.addAll(old ? List.of("oath", "code") : List.of("oath", "accounts", "code"));
    arguments.addAll(
        List.of("--single", helper.getOrDefault("YKMAN_OATH_CREDENTIAL_NAME", serial)));
    return arguments;
  }
}
