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
   * @return whether the successor can share the ports; if not, this daemon just stops
   */
  boolean begin(CompletableFuture<?> clientEnd);
}
