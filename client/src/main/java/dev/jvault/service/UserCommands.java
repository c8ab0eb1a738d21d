package dev.jvault.service;

import dev.jvault.protocol.PrintableText;
import java.io.OutputStream;

/** Runs the system's programs as the user. */
interface UserCommands {
  /**
   * How a program ended.
   *
   * @param exit its exit status
   * @param output what it wrote to standard output and standard error
   */
  record Result(int exit, String output) {
    boolean succeeded() {
      return exit == 0;
    }

    /** The first line of a failure's output for a sentence, such as {@code (Access denied)}. */
    String because() {
      String first = output.lines().map(PrintableText::oneLine).findFirst().orElse("");
      return first.isEmpty() ? " with status " + exit : " (" + first + ")";
    }
  }

  /** Whether the program is installed. */
  boolean has(String program);

  /**
   * Runs a program to its end; the result of a program that is not installed is a failure that says
   * so.
   */
  Result run(Command command);

  /** Runs a program to its end and copies its output as it comes; returns its exit status. */
  int copy(Command command, OutputStream out);
}
