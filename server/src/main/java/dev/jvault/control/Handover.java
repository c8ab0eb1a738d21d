package dev.jvault.control;

import java.util.concurrent.CompletableFuture;

/** An end by which another daemon takes this one's place. */
@FunctionalInterface
public interface Handover {
  /**
   * Begins it: files, locks and the control socket are free when this returns; requests are
   * answered from memory until the other daemon is there. Only the audit is still written to, a
   * line at a time.
   *
   * @param clientEnd completes when the client that starts the other daemon has ended
   * @return whether the ports can be shared; if not, this daemon just stops
   */
  boolean begin(CompletableFuture<?> clientEnd);
}
