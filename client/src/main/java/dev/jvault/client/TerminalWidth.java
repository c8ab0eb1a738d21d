package dev.jvault.client;

/** How wide a table may be. */
final class TerminalWidth {
  private static final int WIDEST = 10_000;

  private TerminalWidth() {}

  /** {@code COLUMNS} if set, else the terminal's width; 0 if the output is no terminal. */
  static int of(Invocation invocation, Prompter prompter) {
    int wanted = parse(invocation.variable("COLUMNS"));
    if (wanted > 0) {
      return wanted;
    }
    return invocation.outputIsTerminal() ? prompter.columns() : 0;
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
