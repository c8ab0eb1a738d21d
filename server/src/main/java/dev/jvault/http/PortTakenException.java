package dev.jvault.http;

/** A port that cannot be listened on: it is taken, or not this user's to take. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  PortTakenException(Exception cause) {
    super("cannot listen", cause);
    Throwable deepest = cause;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      deepest = next;
    }
    this.reason = String.valueOf(deepest.getMessage());
  }

  /** What the system says, such as {@code Address already in use}. */
  public String reason() {
    return reason;
  }
}
