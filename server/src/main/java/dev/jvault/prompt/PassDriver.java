package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.command.HelperProgram;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The pass-otp extension of pass; its entry has the name of the MFA device, or the one in {@code
 * PASS_OATH_CREDENTIAL_NAME}, as for aws-vault.
 */
final class PassDriver implements Driver {
  /** The person may have to open GnuPG's key. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "pass";
  }

  @Override
  public Kind kind() {
    return Kind.DEVICE;
  }

  @Override
  public Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    String entry = helper.getOrDefault("PASS_OATH_CREDENTIAL_NAME", question.subject());
    String output =
        new HelperProgram(name(), List.of("otp", entry), helper, LIMIT).output("", person::waits);
    return Window.given(output.lines().findFirst().orElse(""), question);
  }
}
