package dev.jvault.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Whether something listens at an address of this machine. */
final class Reachability {
  /** SDKs wait no longer. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private Reachability() {}

  /** Whether something accepts a connection to the URI's host and port. */
  static boolean listens(URI uri) {
    return listens(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), LIMIT);
  }

  /** The same within a time of the caller's. */
  static boolean listens(String host, int port, Duration limit) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) limit.toMillis());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** A URI with a host; empty if the text is none. */
  static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
