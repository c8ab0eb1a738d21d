package dev.jvault.prompt;

/**
 * One question for the user.
 *
 * @param kind lets a client answer from a variable or an option
 * @param text one line with no secret in it, ending in a colon or a question mark
 * @param subject the serial of an MFA device, for drivers that print its codes; empty for other
 *     questions
 */
public record Question(Kind kind, String text, String subject) {
  /** A question without a subject. */
  public Question(Kind kind, String text) {
    this(kind, text, "");
  }

  /** The kinds of question. */
  public enum Kind {
    /** A code of an MFA device. */
    MFA,
    /** The vault's passphrase. */
    PASSPHRASE,
    /** A value that may be shown while it is typed. */
    TEXT,
    /** A value that must not be shown. */
    SECRET,
    /** No question, but a line to read. */
    NOTICE,
    /**
     * A notice that another command asks for what this one waits for. The terminal hides what is
     * typed until the next event.
     */
    WAITING,
    /** The credentials in the caller's environment, which the client sends without asking. */
    ENVIRONMENT,
    /**
     * A request as an SDK sends it, which the client makes without asking. The text has the URI and
     * the path of the token file, one a line; the answer the HTTP status and the body.
     */
    READING,
    /** Yes or no. Anything but {@code y} or {@code yes} means no. */
    CONFIRM
  }

  /** Whether the terminal may show what is typed. */
  public boolean echo() {
    return kind == Kind.TEXT || kind == Kind.CONFIRM;
  }
}
