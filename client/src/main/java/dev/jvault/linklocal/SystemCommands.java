package dev.jvault.linklocal;

import java.util.List;
import java.util.Map;

/** The programs of this machine. */
interface SystemCommands {
  /**
   * What a program left behind.
   *
   * @param exit its exit status
   * @param output what it printed
   */
  record Result(int exit, String output) {
    boolean succeeded() {
      return exit == 0;
    }

    /** The first line of a failure for a sentence, such as {@code (File exists)}. */
    String because() {
      String first =
          output
              .lines()
              .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
              .findFirst()
              .orElse("");
      return first.isEmpty() ? " with status " + exit : " (" + first + ")";
    }
  }

  /** Whether the program is installed. */
  boolean has(String program);

  /** Runs a program to its end; its output is that of both streams. */
  Result run(Command command);

  /**
   * Runs a program that talks to the person by itself: its errors go where ours go.
   *
   * @param environment all of its variables
   */
  Result runAttended(List<String> words, Map<String, String> environment);
}
