package dev.jvault.http;

/** A port is taken, or this user may not listen on it. */
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

  /** The message of the system, such as {@code Address already in use}. */
  public String reason() {
    return reason;
  }
}
