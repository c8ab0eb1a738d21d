package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.command.HelperProgram;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program that prints MFA codes without asking the user for them. */
abstract class DeviceDriver implements Driver {
  private final String program;
  private final Duration limit;

  /**
   * A driver with the name of its program.
   *
   * @param limit how long the program may take, which may wait for a touch or a passphrase
   */
  DeviceDriver(String program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  /**
   * The program's arguments.
   *
   * @param serial of the MFA device
   */
  abstract List<String> arguments(String serial, Map<String, String> helper);

  @Override
  public final String name() {
    return program;
  }

  @Override
  public final Kind kind() {
    return Kind.DEVICE;
  }

  @Override
  public final Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    List<String> arguments = arguments(question.subject(), helper);
    String output = new HelperProgram(program, arguments, helper, limit).output("", person::waits);
    return DialogProcess.given(output.lines().findFirst().orElse(""), question);
  }
}
