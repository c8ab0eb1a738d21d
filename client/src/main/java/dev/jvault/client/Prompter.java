package dev.jvault.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the user. */
interface Prompter {
  /** Whether the user can be asked. */
  boolean canAsk();

  /**
   * Shows the question and waits for one line.
   *
   * @param echo whether the terminal shows what is typed
   * @param withdrawn ends the question when it completes
   * @return the line without its line end, in UTF-8; the caller may overwrite it; empty if the
   *     question was withdrawn
   * @throws dev.jvault.protocol.JvaultException if there is no terminal, the input ends, or {@code
   *     withdrawn} completes with this exception
   */
  Optional<byte[]> ask(String question, boolean echo, CompletableFuture<?> withdrawn);

  /**
   * Hides and drops what is typed until the result is closed, while the daemon asks elsewhere. Does
   * nothing without a terminal.
   */
  Hidden hide();

  /** The name of the terminal, such as {@code pts/3}; empty if it is unknown. */
  default String name() {
    return "";
  }

  /** The width of the terminal in columns, or 0 if it is unknown. */
  int columns();

  /** What is typed is hidden until this is closed. */
  @FunctionalInterface
  interface Hidden extends AutoCloseable {
    /** Nothing is hidden. */
    Hidden NOTHING = () -> {};

    @Override
    void close();
  }
}
