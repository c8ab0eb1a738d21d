package dev.jvault.protocol;

/**
 * A failure that ends the current verb. It carries the exit status, one sentence that tells the
 * user what is wrong and what to do next, and a code if a program acts on it. The sentence never
 * holds a secret.
 */
public final class JvaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final ErrorCode errorCode;

  /** A failure without a code and without an underlying exception worth keeping. */
  public JvaultException(ExitCode exitCode, String sentence) {
    this(exitCode, ErrorCode.NONE, sentence);
  }

  /** A failure that a program acts on. */
  public JvaultException(ExitCode exitCode, ErrorCode errorCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
    this.errorCode = errorCode;
  }

  /** A failure that an exception of a library or of the system caused. */
  public JvaultException(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
    this.errorCode = ErrorCode.NONE;
  }

  /** The exit status for the process. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The code of the refusal; {@link ErrorCode#NONE} if nothing acts on it. */
  public ErrorCode errorCode() {
    return errorCode;
  }

  /** The sentence for the user; never null, unlike {@link #getMessage()} by its type. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
