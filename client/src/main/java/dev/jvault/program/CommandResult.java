package dev.jvault.program;

import dev.jvault.protocol.PrintableText;

/**
 * How a command ended.
 *
 * @param exit its exit status
 * @param output what it wrote to standard output and, if that was captured, to standard error
 */
public record CommandResult(int exit, String output) {
  /** Whether it ended with 0. */
  public boolean succeeded() {
    return exit == 0;
  }

  /** The first line of a failure's output for a sentence, such as {@code (Access denied)}. */
  public String because() {
    String first = output.lines().map(PrintableText::oneLine).findFirst().orElse("");
    return first.isEmpty() ? " with status " + exit : " (" + first + ")";
  }
}
