package dev.jvault.client;

/** The way to the person. */
interface Prompter {
  /** Whether there is somebody to ask. */
  boolean canAsk();

  /**
   * Shows the question and waits for a line.
   *
   * @param echo whether what is typed may be seen
   * @return the line without its end, in UTF-8; the receiver may overwrite it
   * @throws dev.jvault.protocol.JvaultException when nobody can answer, or the answer was cut off
   */
  byte[] ask(String question, boolean echo);

  /** The width of the terminal in columns, or 0 where it is not known. */
  int columns();
}
