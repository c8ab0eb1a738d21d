package dev.jvault.service;

/** The user's daemon, by whatever it was started. */
public interface DaemonControl {
  /** The process id of the running daemon; 0 if none runs or if it is unknown. */
  long pid();

  /** Stops the daemon and waits for its end. */
  void stop();

  /** Starts a daemon, as a command does that needs one. */
  void start();
}
