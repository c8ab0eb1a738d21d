package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.command.HelperProgram;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The OATH application of a YubiKey, by Yubico's ykman, with aws-vault's variables: {@code
 * YKMAN_OATH_CREDENTIAL_NAME} is the account's name on it (else the serial of the MFA device),
 * {@code YKMAN_OATH_DEVICE_SERIAL} the YubiKey, {@code AWS_VAULT_YKMAN_VERSION} ykman's major
 * version.
 */
final class YkmanDriver implements Driver {
  /** A touch may be wanted. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "ykman";
  }

  @Override
  public Kind kind() {
    return Kind.DEVICE;
  }

  @Override
  public Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    var arguments = new ArrayList<String>();
    String device = helper.getOrDefault("YKMAN_OATH_DEVICE_SERIAL", "");
    if (!device.isEmpty()) {
      arguments.addAll(List.of("--device", device));
    }
    boolean old = helper.getOrDefault("AWS_VAULT_YKMAN_VERSION", "4").matches("[123]");
    arguments.addAll(old ? List.of("oath", "code") : List.of("oath", "accounts", "code"));
    arguments.addAll(
        List.of("--single", helper.getOrDefault("YKMAN_OATH_CREDENTIAL_NAME", question.subject())));
    String output = new HelperProgram(name(), arguments, helper, LIMIT).output("", person::waits);
    return Window.given(output.lines().findFirst().orElse(""), question);
  }
}
