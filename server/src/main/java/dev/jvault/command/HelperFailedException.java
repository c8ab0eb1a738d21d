package dev.jvault.command;

/** A helper gave no answer; the message is the rest of a sentence that begins with its name. */
public final class HelperFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean broken;

  /** A failure, as the rest of a sentence that begins with the helper's name. */
  public HelperFailedException(String clause) {
    this(clause, false);
  }

  private HelperFailedException(String clause, boolean broken) {
    super(clause);
    this.broken = broken;
  }

  /** The failure of a command that is wrong itself. */
  static HelperFailedException broken(String clause) {
    return new HelperFailedException(clause, true);
  }

  /** Whether the command is wrong itself, so that the next try ends in the same way. */
  public boolean broken() {
    return broken;
  }

  /** Such as {@code ended with status 1 (no such entry)}. */
  public String clause() {
    return String.valueOf(getMessage());
  }
}
