package dev.jvault.client;

/** Nobody listens on the control socket: no daemon runs. */
final class NoDaemonException extends Exception {
  private static final long serialVersionUID = 1L;
}
