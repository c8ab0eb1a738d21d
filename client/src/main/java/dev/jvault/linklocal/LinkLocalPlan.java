package dev.jvault.linklocal;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of the system in their order.
 *
 * @param steps none if all is as it should be
 */
record LinkLocalPlan(List<ReversibleStep> steps) {
  LinkLocalPlan {
    steps = List.copyOf(steps);
  }

  /** The commands, each as a person would type it. */
  String rendered() {
    var text = new StringBuilder();
    for (ReversibleStep step : steps) {
      text.append(step.apply().rendered());
    }
    return text.toString();
  }

  /**
   * Makes all changes or none.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} after those that were made are taken back
   */
  void applyOrUndo(SystemCommands commands) {
    var done = new ArrayList<ReversibleStep>();
    for (ReversibleStep step : steps) {
      SystemCommands.Result result = commands.run(step.apply());
      if (!result.succeeded()) {
        for (ReversibleStep made : done.reversed()) {
          made.undo().forEach(commands::run);
        }
        throw failed(step.apply(), result, "nothing has been changed.");
      }
      done.add(step);
    }
  }

  /**
   * Makes all changes that can be made.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} at the end, about the first that could not
   */
  void applyAll(SystemCommands commands) {
    var failures = new ArrayList<JvaultException>();
    for (ReversibleStep step : steps) {
      SystemCommands.Result result = commands.run(step.apply());
      if (!result.succeeded()) {
        failures.add(failed(step.apply(), result, "the rest is undone; try again."));
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static JvaultException failed(
      Command command, SystemCommands.Result result, String consequence) {
    String line = String.join(" ", command.words());
    return new JvaultException(
        ExitCode.FAULT, "`" + line + "` failed" + result.because() + "; " + consequence);
  }
}
