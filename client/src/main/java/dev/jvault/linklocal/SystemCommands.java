package dev.jvault.linklocal;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.util.List;
import java.util.Map;

/** Runs the programs of this machine. */
interface SystemCommands {
  /** Whether the program is installed. */
  boolean has(String program);

  /** Runs a program and waits for its end; the result has the output of both streams. */
  CommandResult run(Command command);

  /**
   * Runs a program that talks to the user by itself: its standard error is ours.
   *
   * @param environment its whole environment
   */
  CommandResult runAttended(List<String> words, Map<String, String> environment);
}
