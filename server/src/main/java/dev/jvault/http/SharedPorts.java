package dev.jvault.http;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of a server while two processes of one user follow each other on them: the newer one
 * yields to the older until that leaves, and leaving refuses nobody.
 */
final class SharedPorts {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPorts.class);

  /** For what the kernel has queued: to accept it takes milliseconds. */
  private static final Duration ACCEPTING = Duration.ofMillis(100);

  /** For requests under way, which wait for AWS up to a second. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  private final Server server;
  private final Gate gate;
  private final Connections connections;
  private volatile boolean shared;
  private volatile boolean leaving;

  /**
   * The ports of a server.
   *
   * @param shared whether an older process is still on them
   */
  SharedPorts(Server server, Gate gate, Connections connections, boolean shared) {
    this.server = server;
    this.gate = gate;
    this.connections = connections;
    this.shared = shared;
  }

  /** Whether an older process may still be on them. */
  boolean shared() {
    return shared;
  }

  /** New connections go to the process that was here first, until it leaves. */
  void yieldTo(int port) {
    if (shared) {
      boolean _ = SharedPort.lead(port, false);
    }
  }

  /** Lets a newer process listen on them; from now on every answer ends its connection. */
  boolean share() {
    try {
      for (ServerSocketChannel listener : listeners().toList()) {
        SharedPort.allow(listener, true);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("event=ports_not_shared reason=\"{}\"", e.getMessage());
      return false;
    }
    leaving = true;
    gate.endConnections();
    for (int port : ports()) {
      // Where the port has been shared before: a program of that time is still there.
      boolean _ = SharedPort.lead(port, false);
    }
    return true;
  }

  /** Keeps them for this process alone. */
  void keep() {
    shared = false;
    try {
      for (ServerSocketChannel listener : listeners().toList()) {
        SharedPort.allow(listener, false);
      }
      for (int port : ports()) {
        SharedPort.forget(port);
      }
    } catch (IOException e) {
      LOG.info("event=ports_still_shared reason=\"{}\"", e.getMessage());
    }
  }

  /**
   * Once they are shared: accepts until the newer process gets all new connections, and answers
   * what has been accepted.
   */
  void leave() {
    if (!leaving) {
      return;
    }
    for (int port : ports()) {
      boolean _ = SharedPort.lead(port, true);
    }
    LockSupport.parkNanos(ACCEPTING.toNanos());
    connectors().forEach(ServerConnector::close);
    if (!connections.awaitNone(UNDER_WAY)) {
      LOG.info("event=connections_cut");
    }
  }

  private Stream<ServerConnector> connectors() {
    return Stream.of(server.getConnectors()).map(ServerConnector.class::cast);
  }

  private Stream<ServerSocketChannel> listeners() {
    return connectors()
        .map(ServerConnector::getTransport)
        .filter(ServerSocketChannel.class::isInstance)
        .map(ServerSocketChannel.class::cast);
  }

  private List<Integer> ports() {
    return connectors().map(ServerConnector::getLocalPort).distinct().toList();
  }
}
