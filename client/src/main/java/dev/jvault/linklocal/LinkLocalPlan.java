package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of the system, in order.
 *
 * @param steps empty if nothing has to change
 */
record LinkLocalPlan(List<Step> steps) {
  /**
   * One change of the system.
   *
   * @param apply makes the change
   * @param undo reverses it; empty if no later step can fail
   */
  record Step(Command apply, List<Command> undo) {
    Step {
      undo = List.copyOf(undo);
    }

    static Step of(Command apply) {
      return new Step(apply, List.of());
    }

    static Step of(Command apply, Command undo) {
      return new Step(apply, List.of(undo));
    }
  }

  LinkLocalPlan {
    steps = List.copyOf(steps);
  }

  /** The commands, each as a user would type it. */
  String rendered() {
    var text = new StringBuilder();
    for (Step step : steps) {
      text.append(step.apply().rendered()).append('\n');
    }
    return text.toString();
  }

  /**
   * Makes all changes or none.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if one fails, after the earlier ones are
   *     undone
   */
  void applyOrUndo(SystemCommands commands) {
    var done = new ArrayList<Step>();
    for (Step step : steps) {
      CommandResult result = commands.run(step.apply());
      if (!result.succeeded()) {
        for (Step made : done.reversed()) {
          made.undo().forEach(commands::run);
        }
        throw failed(step.apply(), result, "nothing has been changed.");
      }
      done.add(step);
    }
  }

  /**
   * Makes every change that succeeds, even after one has failed.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} at the end, about the first failure
   */
  void applyAll(SystemCommands commands) {
    var failures = new ArrayList<JvaultException>();
    for (Step step : steps) {
      CommandResult result = commands.run(step.apply());
      if (!result.succeeded()) {
        failures.add(failed(step.apply(), result, "the rest is undone; try again."));
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static JvaultException failed(Command command, CommandResult result, String consequence) {
    String line = String.join(" ", command.words());
    return new JvaultException(
        ExitCode.FAULT, "`" + line + "` failed" + result.because() + "; " + consequence);
  }
}
