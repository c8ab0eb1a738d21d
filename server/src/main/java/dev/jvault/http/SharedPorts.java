package dev.jvault.http;

import dev.jvault.peer.PortListeners;
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
 * The ports of a server during a handover between two processes of one user. The newer process gets
 * no connections until the older one leaves, and no client is refused when it does.
 */
final class SharedPorts {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPorts.class);

  /** Time to accept what the kernel has queued, which takes milliseconds on an idle machine. */
  private static final Duration ACCEPTING = Duration.ofSeconds(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  /** From the accept to the moment when a connection is counted, which takes microseconds. */
  private static final Duration COUNTING = Duration.ofMillis(100);

  /** Time for requests in progress, which wait for AWS for up to a second. */
  private static final Duration IN_PROGRESS = Duration.ofSeconds(10);

  /** Half of the time that the unit gives a daemon to end. */
  private static final Duration BEFORE_KILLED = Duration.ofSeconds(5);

  private final Server server;
  private final Gate gate;
  private final Connections connections;
  private volatile boolean shared;
  private volatile boolean leaving;
  private boolean left;

  /**
   * The ports of a server.
   *
   * @param shared whether an older process still listens on them
   */
  SharedPorts(Server server, Gate gate, Connections connections, boolean shared) {
    this.server = server;
    this.gate = gate;
    this.connections = connections;
    this.shared = shared;
  }

  /** Whether an older process may still listen on them. */
  boolean shared() {
    return shared;
  }

  /** Directs new connections to the older process until it leaves. */
  void yieldTo(int port) {
    if (shared) {
      boolean _ = SharedPort.direct(port, false);
    }
  }

  /** Lets a newer process listen on the ports. From now on every response ends its connection. */
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
      // An earlier handover may have left its filter on the port; this replaces it.
      boolean _ = SharedPort.direct(port, false);
    }
    return true;
  }

  /** Stops sharing the ports. */
  void stopSharing() {
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
   * Leaves shared ports: directs new connections to the newer process, accepts what is queued, and
   * waits until all requests are answered. Does nothing if they are not shared, or left already.
   */
  synchronized void leave() {
    if (!leaving || left) {
      return;
    }
    left = true;
    List<Integer> ports = ports();
    for (int port : ports) {
      boolean _ = SharedPort.direct(port, true);
    }
    awaitAccepted(ports);
    connectors().forEach(ServerConnector::close);
    awaitAnswered(IN_PROGRESS);
  }

  /**
   * Leaves sockets that systemd keeps: closes them in this process, where the queue is systemd's,
   * and waits until all requests that have been accepted are answered. Done once.
   */
  synchronized void leaveKept() {
    if (left) {
      return;
    }
    left = true;
    // First without the interrupt of a shutdown, which can lose a connection that is being
    // accepted.
    connectors().forEach(ServerConnector::close);
    LockSupport.parkNanos(COUNTING.toNanos());
    // Ends connections soon on which nothing is asked.
    connectors()
        .forEach(connector -> {
          var _ = connector.shutdown();
        });
    awaitAnswered(BEFORE_KILLED);
  }

  private void awaitAnswered(Duration longest) {
    if (!connections.awaitNone(longest)) {
      LOG.info("event=connections_cut");
    }
  }

  /** The newer process has a queue on the same ports, which is empty again and again too. */
  private static void awaitAccepted(List<Integer> ports) {
    long begun = System.nanoTime();
    while (ports.stream().anyMatch(PortListeners::hasQueue)
        && System.nanoTime() - begun < ACCEPTING.toNanos()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    LockSupport.parkNanos(COUNTING.toNanos());
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
