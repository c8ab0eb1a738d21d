package dev.jvault.client;

/** No daemon listens on the control socket. */
final class NoDaemonException extends Exception {
  private static final long serialVersionUID = 1L;
}
