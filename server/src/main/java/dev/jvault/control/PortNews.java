package dev.jvault.control;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the user once about a port that is not the one that lasts. Safe for many threads. */
final class PortNews {
  private final EndpointPort port;
  private final AtomicBoolean told = new AtomicBoolean();

  PortNews(EndpointPort port) {
    this.port = port;
  }

  /** The sentences, at the first call only. */
  List<String> toTell() {
    return told.compareAndSet(false, true) ? port.sentences() : List.of();
  }

  /** The sentences, which the caller shows in any case. */
  List<String> told() {
    told.set(true);
    return port.sentences();
  }
}
