package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;

/**
 * Changed modes of the terminal. They are changed back in every case: when this is closed, and if a
 * signal ends the process. {@link #apply} changes them again after a pause (Ctrl-Z and {@code fg}),
 * because the shell has changed them back.
 */
final class TerminalModes implements AutoCloseable {
  /** The character of Ctrl-\, which ends a line here. The JVM would take its signal for itself. */
  static final int QUIT = 0x1c;

  private static final String[] SHOWN = {"quit", "undef", "eol2", "^\\"};
  private static final String[] HIDDEN = {"-echo", "quit", "undef", "eol2", "^\\"};
  private static final String[] DROPPED = {"-echo", "-icanon", "min", "1", "quit", "undef"};

  private final String before;
  private final String[] wanted;
  private final Thread restorer;
  private String applied = "";
  private boolean restored;

  private TerminalModes(String before, String[] wanted) {
    this.before = before;
    this.wanted = wanted;
    this.restorer = new Thread(this::abandon, "terminal-restorer");
  }

  /**
   * The modes for a question.
   *
   * @throws JvaultException if the answer must not be shown and the echo cannot be switched off
   */
  static TerminalModes forQuestion(String question, boolean echo) {
    String before = Stty.run("-g");
    if (before.isEmpty() && !echo) {
      throw new JvaultException(
          ExitCode.PERSON,
          "The terminal's echo cannot be switched off, so jvault asks for no secret on it: "
              + question.strip());
    }
    return new TerminalModes(before, echo ? SHOWN : HIDDEN).begun();
  }

  /** The modes in which each character is read at once and none is shown. */
  static TerminalModes forDropping() {
    return new TerminalModes(Stty.run("-g"), DROPPED).begun();
  }

  private TerminalModes begun() {
    if (!before.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(restorer);
      boolean _ = apply();
    }
    return this;
  }

  /**
   * Changes the modes, unless they have been changed back for good. Some shells change them at
   * Ctrl-Z, and others do not.
   *
   * @return whether they are as wanted now
   */
  synchronized boolean apply() {
    if (before.isEmpty() || restored) {
      return false;
    }
    if (!Stty.run("-g").equals(applied)) {
      var _ = Stty.run(wanted);
      applied = Stty.run("-g");
    }
    return true;
  }

  @Override
  public void close() {
    if (before.isEmpty()) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
      restore();
    } catch (IllegalStateException _) {
      // This process is already ending, so the hook does it.
    }
  }

  /** At the end of this process, whose question stays without an answer. */
  private void abandon() {
    restore();
    Terminal.write("\n");
  }

  /**
   * Leaves the terminal alone if another job has it: its shell has changed the modes back, and
   * {@code stty} would stop.
   */
  private void restore() {
    boolean foreground = Foreground.ours();
    synchronized (this) {
      restored = true;
      if (foreground) {
        var _ = Stty.run(before);
      }
    }
  }
}
