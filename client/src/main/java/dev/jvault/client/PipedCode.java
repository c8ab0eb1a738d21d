package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The MFA code that {@code --mfa-token -} takes from standard input, because everybody can read a
 * command line.
 */
final class PipedCode {
  private static final int LONGEST = 64;

  private PipedCode() {}

  /** The first line of standard input. */
  static String fromStandardInput() throws IOException {
    return read(new FileInputStream(FileDescriptor.in));
  }

  /**
   * The first line. Reads it byte by byte, because what follows belongs to the user's command.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if there is no such line
   */
  static String read(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n' && line.size() <= LONGEST; b = in.read()) {
      line.write(b);
    }
    String code = line.toString(StandardCharsets.UTF_8).strip();
    if (code.isEmpty() || line.size() > LONGEST) {
      throw new JvaultException(
          ExitCode.USAGE,
          "--mfa-token - takes the code from standard input, whose first line is %s."
              .formatted(code.isEmpty() ? "empty" : "no code"));
    }
    return code;
  }
}
