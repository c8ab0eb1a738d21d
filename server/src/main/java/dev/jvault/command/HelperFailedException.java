package dev.jvault.command;

/** A helper gave no answer; the message is the rest of a sentence that begins with its name. */
public final class HelperFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure, as the rest of a sentence that begins with the helper's name. */
  public HelperFailedException(String clause) {
    super(clause);
  }

  /** Such as {@code ended with status 1 (no such entry)}. */
  public String clause() {
    return String.valueOf(getMessage());
  }
}
