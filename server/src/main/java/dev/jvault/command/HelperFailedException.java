package dev.jvault.command;

import java.util.Optional;

/**
 * A helper gave no answer. Each clause is the rest of a sentence that begins with its name. What
 * the helper itself said, on standard error, is for the user only: it may hold anything, and is not
 * in the message, which the log may show.
 */
public final class HelperFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean broken;

  /** Not in a serial form: nothing serializes it. */
  private final transient Optional<String> said;

  /** A failure, as the rest of a sentence that begins with the helper's name. */
  public HelperFailedException(String clause) {
    this(clause, false, Optional.empty());
  }

  private HelperFailedException(String clause, boolean broken, Optional<String> said) {
    super(clause);
    this.broken = broken;
    this.said = said;
  }

  /**
   * A helper that ended with a status other than 0.
   *
   * @param broken whether the command is wrong itself
   * @param said the first line of its errors, printable and in one line
   */
  static HelperFailedException ended(int status, boolean broken, Optional<String> said) {
    return new HelperFailedException("ended with status " + status, broken, said);
  }

  /** Whether the command is wrong itself, so that the next try ends in the same way. */
  public boolean broken() {
    return broken;
  }

  /** For the user, such as {@code ended with status 1 (no such entry)}. */
  public String clause() {
    return loggedClause() + said.map(words -> " (" + words + ")").orElse("");
  }

  /** For the log: the same without what the helper said. */
  public String loggedClause() {
    return String.valueOf(getMessage());
  }
}
