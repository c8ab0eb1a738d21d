package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.command.HelperProgram;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program that shows one question in a window, for as long as somebody waits for it. */
final class DialogProcess {
  static final String TITLE = "jvault";

  /** Longer, and the person is not there. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private DialogProcess() {}

  /** What the program printed. */
  static String output(
      String program,
      List<String> arguments,
      String input,
      Person person,
      Map<String, String> helper)
      throws HelperFailedException {
    return new HelperProgram(program, arguments, helper, LIMIT).output(input, person::waits);
  }

  /** An answer; none at all is a refusal. */
  static Secret given(String line, Question question) throws HelperFailedException {
    String answer = question.kind() == Question.Kind.MFA ? line.strip() : line;
    if (answer.isEmpty()) {
      throw new HelperFailedException("was left empty");
    }
    return Secret.of(answer);
  }
}
