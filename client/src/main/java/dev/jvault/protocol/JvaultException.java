package dev.jvault.protocol;

/**
 * A fault that ends the current verb: one sentence for the person, who learns what is wrong and
 * what to do next, and the exit code. The message never holds a secret.
 */
public final class JvaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** A fault with no underlying exception worth keeping. */
  public JvaultException(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** A fault that an exception of a library or of the system caused. */
  public JvaultException(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** The status that the process is to end with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The sentence for the person; never null, unlike {@link #getMessage()} by its type. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
