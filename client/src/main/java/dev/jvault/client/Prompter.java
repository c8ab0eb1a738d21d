package dev.jvault.client;

/** Asks the user. */
interface Prompter {
  /** Whether the user can be asked. */
  boolean canAsk();

  /**
   * Shows the question and waits for one line.
   *
   * @param echo whether the terminal shows what is typed
   * @return the line without its line end, in UTF-8; the caller may overwrite it
   * @throws dev.jvault.protocol.JvaultException if there is no terminal, or the input ends
   */
  byte[] ask(String question, boolean echo);

  /** The width of the terminal in columns, or 0 if it is unknown. */
  int columns();
}
