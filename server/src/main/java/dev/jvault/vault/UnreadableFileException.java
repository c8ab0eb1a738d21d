package dev.jvault.vault;

/**
 * A file of the vault cannot be used. The message completes a sentence that starts with the file's
 * name.
 */
final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the file. */
  enum Reason {
    /** Cut short or altered. */
    DAMAGED,
    /** Encrypted for another identity or with another passphrase. */
    OTHER_KEY,
    /** Written by a later jvault. */
    NEWER_FORMAT
  }

  private final Reason reason;

  private UnreadableFileException(Reason reason, String clause, Throwable cause) {
    super(clause, cause);
    this.reason = reason;
  }

  private UnreadableFileException(Reason reason, String clause) {
    super(clause);
    this.reason = reason;
  }

  static UnreadableFileException damaged(Throwable cause) {
    return new UnreadableFileException(Reason.DAMAGED, "is damaged or cut short", cause);
  }

  static UnreadableFileException damaged(String clause) {
    return new UnreadableFileException(Reason.DAMAGED, clause);
  }

  static UnreadableFileException otherKey(Throwable cause) {
    return new UnreadableFileException(
        Reason.OTHER_KEY, "is not encrypted for the identity of this vault", cause);
  }

  static UnreadableFileException newerFormat(int format, int known) {
    return new UnreadableFileException(
        Reason.NEWER_FORMAT,
        "has format %d, which is newer than format %d of this jvault".formatted(format, known));
  }

  Reason reason() {
    return reason;
  }

  String clause() {
    return String.valueOf(getMessage());
  }
}
