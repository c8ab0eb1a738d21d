package dev.jvault.linklocal;

import dev.jvault.protocol.PrintableText;
import java.util.List;
import java.util.Map;

/** Runs the programs of this machine. */
interface SystemCommands {
  /**
   * How a program ended.
   *
   * @param exit its exit status
   * @param output its standard output and, if captured, its standard error
   */
  record Result(int exit, String output) {
    boolean succeeded() {
      return exit == 0;
    }

    /** The first line of a failure's output for a sentence, such as {@code (File exists)}. */
    String because() {
      String first = output.lines().map(PrintableText::oneLine).findFirst().orElse("");
      return first.isEmpty() ? " with status " + exit : " (" + first + ")";
    }
  }

  /** Whether the program is installed. */
  boolean has(String program);

  /** Runs a program and waits for its end; the result has the output of both streams. */
  Result run(Command command);

  /**
   * Runs a program that talks to the user by itself: its standard error is ours.
   *
   * @param environment its whole environment
   */
  Result runAttended(List<String> words, Map<String, String> environment);
}
