package dev.jvault.service;

import dev.jvault.program.Command;
import dev.jvault.program.CommandResult;
import java.io.OutputStream;

/** Runs the system's programs as the user. */
interface UserCommands {
  /** Whether the program is installed. */
  boolean has(String program);

  /**
   * Runs a program to its end; the result of a program that is not installed is a failure that says
   * so.
   */
  CommandResult run(Command command);

  /** Runs a program to its end and copies its output as it comes; returns its exit status. */
  int copy(Command command, OutputStream out);
}
