package dev.jvault.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Whether something listens at an address of this machine. */
final class Reachability {
  /** SDKs wait no longer. */
  private static final int LIMIT_MILLIS = 1_000;

  private Reachability() {}

  /** Whether something accepts a connection to the URI's host and port. */
  static boolean listens(URI uri) {
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), LIMIT_MILLIS);
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
