package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The MFA code of {@code --mfa-token -}: one line of standard input. Every user can read the code
 * of {@code --mfa-token CODE} in the list of processes.
 */
final class MfaTokenLine {
  /** The value of the option that stands for standard input. */
  static final String STANDARD_INPUT = "-";

  /** A code has six digits, perhaps with blanks between them. */
  private static final int LONGEST = 100;

  private final InputStream input;
  private final boolean terminal;

  /**
   * A line that is not read yet.
   *
   * @param input read byte by byte, because what follows the line belongs to the command
   * @param terminal whether it is a terminal, on which a question that does not show its answer is
   *     asked instead, once a code is needed
   */
  MfaTokenLine(InputStream input, boolean terminal) {
    this.input = input;
    this.terminal = terminal;
  }

  /** That of this process. {@link System#in} would read ahead. */
  static MfaTokenLine ofThisProcess() {
    return new MfaTokenLine(
        new FileInputStream(FileDescriptor.in), Boolean.getBoolean("jvault.stdin.tty"));
  }

  /**
   * Reads the line.
   *
   * @return the code; empty if it is to be asked for on the terminal
   * @throws JvaultException if there is no line
   */
  Optional<String> read() {
    if (terminal) {
      return Optional.empty();
    }
    var line = new ByteArrayOutputStream();
    try {
      for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
        if (line.size() == LONGEST) {
          throw wrong("has a line that is too long for a code");
        }
        line.write(next);
      }
    } catch (IOException _) {
      throw wrong("cannot be read");
    }
    String code = line.toString(StandardCharsets.UTF_8).strip();
    if (code.isEmpty()) {
      throw wrong("has none");
    }
    return Optional.of(code);
  }

  private static JvaultException wrong(String what) {
    return new JvaultException(
        ExitCode.USAGE,
        "--mfa-token - takes the code from the first line of standard input, which %s; write the code and a newline to it."
            .formatted(what));
  }
}
