package dev.jvault.client;

/** The width for tables. */
final class TerminalWidth {
  private static final int WIDEST = 10_000;

  private TerminalWidth() {}

  /** The caller's {@code COLUMNS}, else the terminal's width; 0 where output is no terminal. */
  static int of(Invocation invocation, Prompter prompter) {
    int wanted = parse(invocation.variable("COLUMNS"));
    if (wanted > 0) {
      return wanted;
    }
    return invocation.outputIsTerminal() ? prompter.columns() : 0;
  }

  /** A number of columns, or 0 for anything that is none. */
  static int parse(String text) {
    try {
      int columns = Integer.parseInt(text.strip());
      return columns > 0 && columns <= WIDEST ? columns : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
