package dev.jvault.server;

import dev.jvault.systemd.InheritedSockets;
import java.time.Duration;

/**
 * What started a daemon.
 *
 * @param sockets the sockets that systemd keeps; none if the daemon binds its own
 * @param idleEnd after how long without use the daemon ends, if systemd keeps its sockets
 * @param foreground whether a program waits for its end
 * @param failedUpgrade the version that was to take over and did not start; empty if there is none
 */
record Activation(
    InheritedSockets sockets, Duration idleEnd, boolean foreground, String failedUpgrade) {
  /**
   * Longer than the pauses of somebody who works, and shorter than the hour after which SDKs ask
   * again, because a start costs an SDK half a second.
   */
  static final Duration USUAL_IDLE_END = Duration.ofMinutes(15);

  /** A daemon that a client starts. */
  static final Activation NONE = new Activation(InheritedSockets.NONE, USUAL_IDLE_END, false, "");

  /** The same with the sockets that systemd keeps. */
  Activation with(InheritedSockets kept) {
    return new Activation(kept, idleEnd, foreground, failedUpgrade);
  }
}
