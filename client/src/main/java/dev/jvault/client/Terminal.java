package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Asks on the controlling terminal, which it opens by its device, because standard input belongs to
 * the user's command.
 *
 * <p>The terminal's line editing stays on. Only the echo is switched off for a hidden answer, and
 * on again in every case: after the answer, at the end of input, and if a signal ends the process.
 */
final class Terminal implements Prompter {
  private static final File DEVICE = new File("/dev/tty");
  private static final String STTY = "/bin/stty";
  private static final int LONGEST_ANSWER = 1 << 16;

  @Override
  public boolean canAsk() {
    try (var in = new FileInputStream(DEVICE)) {
      return in.getFD().valid();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public byte[] ask(String question, boolean echo) {
    try (var in = new FileInputStream(DEVICE);
        var out = new FileOutputStream(DEVICE)) {
      return echo ? line(question, in, out) : hiddenLine(question, in, out);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PERSON, "There is no terminal to ask on: " + question.strip(), e);
    }
  }

  @Override
  public int columns() {
    if (!canAsk()) {
      return 0;
    }
    String size = stty("size");
    int blank = size.indexOf(' ');
    return blank < 0 ? 0 : TerminalWidth.parse(size.substring(blank + 1));
  }

  private static byte[] hiddenLine(String question, FileInputStream in, FileOutputStream out)
      throws IOException {
    String modes = stty("-g");
    if (modes.isEmpty()) {
      throw new JvaultException(
          ExitCode.PERSON,
          "The terminal's echo cannot be switched off, so jvault asks for no secret on it: "
              + question.strip());
    }
    var restorer = new Thread(() -> restore(modes, out), "terminal-restorer");
    Runtime.getRuntime().addShutdownHook(restorer);
    try {
      stty("-echo");
      return line(question, in, out);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(restorer);
        restore(modes, out);
      } catch (IllegalStateException _) {
        // This process is already ending, so the hook does it.
      }
    }
  }

  /** Restores the modes; prints the line end that the user's Enter did not show. */
  private static void restore(String modes, FileOutputStream out) {
    stty(modes);
    try {
      out.write('\n');
    } catch (IOException _) {
      // The terminal is gone.
    }
  }

  /**
   * Runs {@code stty} with one argument, because java.base cannot switch the echo off. Returns its
   * output, or an empty string if it fails.
   */
  private static String stty(String argument) {
    String program = new File(STTY).canExecute() ? STTY : "stty";
    var builder =
        new ProcessBuilder(program, argument).redirectInput(DEVICE).redirectError(Redirect.DISCARD);
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? output : "";
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static byte[] line(String question, FileInputStream in, FileOutputStream out)
      throws IOException {
    out.write((question.stripTrailing() + " ").getBytes(StandardCharsets.UTF_8));
    var answer = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || answer.size() > LONGEST_ANSWER) {
        throw new JvaultException(ExitCode.PERSON, "Nothing was entered; nothing was changed.");
      }
      answer.write(b);
    }
    return answer.toByteArray();
  }
}
