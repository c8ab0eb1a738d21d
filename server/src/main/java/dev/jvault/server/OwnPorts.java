package dev.jvault.server;

import dev.jvault.imds.ImdsListeners;
import java.util.function.IntPredicate;

/**
 * The TCP ports that this daemon listens on. Sources check them, so that the daemon never asks
 * itself for credentials. Empty until {@link #are} is called, because the sources are made first.
 */
final class OwnPorts implements IntPredicate {
  private volatile IntPredicate ports = _ -> false;

  /** Sets the open listeners. */
  void are(Listeners endpoint, ImdsListeners imds) {
    ports = port -> endpoint.answersOn(port) || imds.answersOn(port);
  }

  @Override
  public boolean test(int port) {
    return ports.test(port);
  }
}
