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
  private final String sentence;

  /** A failure without a code and without an underlying exception worth keeping. */
  public JvaultException(ExitCode exitCode, String sentence) {
    this(exitCode, ErrorCode.NONE, sentence);
  }

  /** A failure that a program acts on. */
  public JvaultException(ExitCode exitCode, ErrorCode errorCode, String sentence) {
    this(exitCode, errorCode, sentence, sentence);
  }

  private JvaultException(ExitCode exitCode, ErrorCode errorCode, String sentence, String logged) {
    super(logged);
    this.exitCode = exitCode;
    this.errorCode = errorCode;
    this.sentence = sentence;
  }

  /** A failure that an exception of a library or of the system caused. */
  public JvaultException(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
    this.errorCode = ErrorCode.NONE;
    this.sentence = sentence;
  }

  /**
   * A failure whose sentence quotes what another program said, which the log does not get.
   *
   * @param logged the sentence for the log
   */
  public static JvaultException withLogged(ExitCode exitCode, String sentence, String logged) {
    return new JvaultException(exitCode, ErrorCode.NONE, sentence, logged);
  }

  /** The exit status for the process. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The code of the refusal; {@link ErrorCode#NONE} if nothing acts on it. */
  public ErrorCode errorCode() {
    return errorCode;
  }

  /** The sentence for the user. */
  public String sentence() {
    return sentence;
  }

  /** The sentence for the log. It is the message of the exception too. */
  public String logged() {
    return String.valueOf(getMessage());
  }
}
