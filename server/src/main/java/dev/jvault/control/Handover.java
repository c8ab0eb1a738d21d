package dev.jvault.control;

import java.util.concurrent.CompletableFuture;

/** Hands this daemon's ports to its successor. */
@FunctionalInterface
public interface Handover {
  /**
   * Starts the handover. When this returns, the files, the locks and the control socket are free.
   * This daemon goes on answering requests from memory until its successor listens; it writes
   * nothing but the audit, one line at a time.
   *
   * @param clientEnd completes when the client that starts the successor has ended
   * @return how the successor gets the sockets
   */
  Sockets begin(CompletableFuture<?> clientEnd);

  /** How a successor gets the sockets. */
  enum Sockets {
    /** It shares the ports with this daemon. */
    SHARED,
    /** It binds them itself once this daemon, which just stops, has ended. */
    FREED,
    /** systemd keeps them, and starts the successor at the next request. */
    KEPT
  }
}
