package dev.jvault.prompt;

/**
 * One question for the person.
 *
 * @param kind what is asked for, so that a client may answer from a variable or an option
 * @param text one line with no secret in it, ending in a colon or a question mark
 * @param subject what a device that answers by itself must know: the serial of an MFA device; empty
 *     where there is no such thing
 */
public record Question(Kind kind, String text, String subject) {
  /** A question about nothing that has a name. */
  public Question(Kind kind, String text) {
    this(kind, text, "");
  }

  /** What is asked for. */
  public enum Kind {
    /** A code of an MFA device. */
    MFA,
    /** The vault's passphrase. */
    PASSPHRASE,
    /** A plain value that may be seen while it is typed. */
    TEXT,
    /** A value that must not be seen. */
    SECRET,
    /** Nothing: it is a line to read. */
    NOTICE,
    /** The credentials in the caller's variables, which the client gives without a word. */
    ENVIRONMENT,
    /** Yes or no; anything but {@code y} or {@code yes} is no. */
    CONFIRM
  }

  /** Whether the terminal may show what is typed. */
  public boolean echo() {
    return kind == Kind.TEXT || kind == Kind.CONFIRM;
  }
}
