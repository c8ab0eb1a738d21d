package dev.jvault.client;

/** How wide a table may be. */
final class TerminalWidth {
  private static final int WIDEST = 10_000;

  private TerminalWidth() {}

  /**
   * {@code COLUMNS} if set, else the terminal's width; 0 if the output is no terminal, because a
   * program that reads it wants each row on one line.
   */
  static int of(Invocation invocation, Prompter prompter) {
    if (!invocation.outputIsTerminal()) {
      return 0;
    }
    int wanted = parse(invocation.variable("COLUMNS"));
    return wanted > 0 ? wanted : prompter.columns();
  }

  /** A number of columns; 0 if the text is no such number. */
  static int parse(String text) {
    try {
      int columns = Integer.parseInt(text.strip());
      return columns > 0 && columns <= WIDEST ? columns : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
