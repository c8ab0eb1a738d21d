package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.List;
import java.util.Map;

/** A program that shows a question in a window and prints the answer. */
abstract class DialogDriver implements Driver {
  private final String program;

  /** A driver with the name of its program. */
  DialogDriver(String program) {
    this.program = program;
  }

  /** The program's arguments, which include the text of the question. */
  abstract List<String> arguments(String text);

  @Override
  public final String name() {
    return program;
  }

  @Override
  public final Kind kind() {
    return Kind.DIALOG;
  }

  @Override
  public final Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    String output =
        DialogProcess.output(program, arguments(question.text().strip()), "", person, helper);
    return DialogProcess.given(output.lines().findFirst().orElse(""), question);
  }
}
