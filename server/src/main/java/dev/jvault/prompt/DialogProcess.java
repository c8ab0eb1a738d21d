package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.command.HelperProgram;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a program that shows one question in a window, as long as a caller waits for it. */
final class DialogProcess {
  static final String TITLE = "jvault";

  /** How long a window stays open. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private DialogProcess() {}

  /**
   * What the program printed.
   *
   * @throws HelperFailedException if it failed, or the caller no longer waits
   */
  static String output(
      String program,
      List<String> arguments,
      String input,
      Person person,
      Map<String, String> helper)
      throws HelperFailedException {
    return new HelperProgram(program, arguments, helper, LIMIT).output(input, person::waits);
  }

  /**
   * The answer in a line.
   *
   * @throws HelperFailedException if it is empty, which is a refusal
   */
  static Secret given(String line, Question question) throws HelperFailedException {
    String answer = question.kind() == Question.Kind.MFA ? line.strip() : line;
    if (answer.isEmpty()) {
      throw new HelperFailedException("was left empty");
    }
    return Secret.of(answer);
  }
}
