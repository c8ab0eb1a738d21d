package dev.jvault.http;

import dev.jvault.peer.PortListeners;
import dev.jvault.peer.SocketHolders;
import dev.jvault.systemd.InheritedSockets;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP listeners behind the {@link Gate}. Each listens on 127.0.0.1 and, if the machine has IPv6, on
 * the same port of ::1. They share their threads and one limit on connections.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";
  private static final long IDLE_MILLIS = 60_000;

  /** How long a client that keeps its connection has for another request while the server ends. */
  private static final long SHUTDOWN_IDLE_MILLIS = 300;

  /**
   * How many connections may wait in the kernel until they are accepted, which takes microseconds.
   * The kernel lowers it to its own limit, which is 4,096 on Linux.
   */
  private static final int BACKLOG = 4096;

  private final HttpServer http;
  private final Gate gate;
  private final Connections connections;
  private final Caller.Lookup callers;
  private final RefusalCount malformed;
  private final Listener first;
  private final SharedPorts ports;
  private final InheritedSockets inherited;

  private LoopbackServer(
      HttpServer http,
      Gate gate,
      Connections connections,
      Caller.Lookup callers,
      RefusalCount malformed,
      boolean shared,
      InheritedSockets inherited,
      ServerConnector first,
      ListenerConfig config) {
    this.inherited = inherited;
    this.http = http;
    this.gate = gate;
    this.connections = connections;
    this.callers = callers;
    this.malformed = malformed;
    this.ports = new SharedPorts(http.jetty(), gate, connections, shared);
    ports.yieldTo(first.getLocalPort());
    this.first = withIpv6(first, config);
  }

  /**
   * Starts with one listener.
   *
   * @param port 0 for any free port
   * @throws PortTakenException if the port is taken
   */
  public static LoopbackServer start(int port, ListenerConfig config, Caller.Lookup callers) {
    return start(port, config, callers, Connections.Limits.USUAL);
  }

  /**
   * Starts with one listener for pages that the user opens in a browser. It has few connections.
   * Headers may be longer than those of SDKs, because a browser sends the cookies of all servers of
   * this machine.
   *
   * @param port 0 for any free one
   * @throws PortTakenException if the port is not free
   */
  public static LoopbackServer forBrowsers(int port, ListenerConfig config, Caller.Lookup callers) {
    return start(port, config, callers, Connections.Limits.BROWSERS);
  }

  /**
   * Starts with one listener on a port that another process of this user hands over. This listener
   * and all that are opened later share their ports until {@link #stopSharing}.
   *
   * @throws PortTakenException if the port is another user's, or this system cannot share ports
   */
  public static LoopbackServer startShared(int port, ListenerConfig config, Caller.Lookup callers) {
    return start(port, config, callers, Connections.Limits.USUAL, true, InheritedSockets.NONE);
  }

  /**
   * Starts with one listener on a socket that systemd keeps. Listeners that are opened later take
   * their sockets from there too, if it has them.
   *
   * @throws PortTakenException if the socket cannot be used
   */
  public static LoopbackServer startInherited(
      InheritedSockets sockets, int port, ListenerConfig config, Caller.Lookup callers) {
    return start(port, config, callers, Connections.Limits.USUAL, false, sockets);
  }

  static LoopbackServer start(
      int port, ListenerConfig config, Caller.Lookup callers, Connections.Limits limits) {
    return start(port, config, callers, limits, false, InheritedSockets.NONE);
  }

  private static LoopbackServer start(
      int port,
      ListenerConfig config,
      Caller.Lookup callers,
      Connections.Limits limits,
      boolean shared,
      InheritedSockets inherited) {
    var scheduler = new ScheduledExecutorScheduler("connections", true, 1);
    var connections = new Connections(limits, scheduler);
    var malformed = new RefusalCount(scheduler);
    var gate = new Gate(callers, connections);
    var made = new AtomicReference<ServerConnector>();
    HttpServer http =
        HttpServer.start(
            gate,
            new ConstantErrors(request -> gate.config(request).errors(), malformed::add),
            limits.headerBytes(),
            (server, configuration) -> {
              server.addBean(scheduler);
              var connector =
                  new CallerConnector(
                      server,
                      configuration,
                      callers,
                      inherited.at(InetAddress.ofLiteral(IPV4), port));
              listenOn(connector, IPV4, port, connections);
              connector.setReusePort(shared);
              gate.put(connector, config);
              made.set(connector);
              return connector;
            });
    return new LoopbackServer(
        http, gate, connections, callers, malformed, shared, inherited, made.get(), config);
  }

  /** How many malformed requests have been refused on all listeners. */
  public long malformed() {
    return malformed.total();
  }

  /** The first listener's port. */
  public int port() {
    return first.port();
  }

  /**
   * Whether the kernel hides the programs that ask from this process, so that a listener whose
   * clients have no token can serve nobody.
   */
  public static boolean callersHidden() {
    return SocketHolders.hidden();
  }

  /** The process that listens on a port, such as {@code node (pid 4711)}, if it can be found. */
  public static Optional<String> portHolder(int port) {
    return PortListeners.holder(port);
  }

  /**
   * Opens one more listener.
   *
   * @param port 0 for any free port
   * @throws PortTakenException if the port is taken, or this user may not listen on it
   */
  public Listener listen(int port, ListenerConfig config) {
    return withIpv6(open(IPV4, port, config), config);
  }

  /**
   * Lets another process of this user listen on the same ports. From now on every response ends its
   * connection, so that clients open a new one, and closing this server hands the ports over
   * without a gap.
   *
   * @return whether this system allows it; if not, nothing has changed
   */
  public boolean share() {
    return ports.share();
  }

  /** Whether another process of this user may still listen on the same ports. */
  public boolean shared() {
    return ports.shared();
  }

  /** Stops sharing: no other process can listen on the ports any more. */
  public void stopSharing() {
    ports.stopSharing();
  }

  /**
   * Accepts no connections until {@link #resume}, if systemd keeps the sockets: there they wait.
   * Each listener may still accept the one that it waits for.
   */
  public void pause() {
    accepting(false);
  }

  /** Accepts connections again. */
  public void resume() {
    accepting(true);
  }

  /** How many requests have passed the gate. */
  public long admitted() {
    return connections.requests();
  }

  /** Whether no client is connected. */
  public boolean quiet() {
    return Stream.of(http.jetty().getConnectors())
        .allMatch(connector -> connector.getConnectedEndPoints().isEmpty());
  }

  /**
   * Leaves ports that are shared or that systemd keeps: what has come here is answered, and the
   * other process gets the rest. Takes as long as the requests in progress, at most 14 seconds.
   * Does nothing otherwise.
   */
  public void leave() {
    if (inherited.any()) {
      gate.endConnections();
      ports.leaveKept();
    } else {
      ports.leave();
    }
  }

  /**
   * Closes all listeners. If systemd keeps their sockets, every request that has been accepted is
   * answered and ends its connection, and the others wait for the next daemon.
   */
  @Override
  public void close() {
    leave();
    http.close();
    malformed.close();
  }

  private Listener withIpv6(ServerConnector four, ListenerConfig config) {
    var connectors = new ArrayList<>(List.of(four));
    int port = four.getLocalPort();
    try {
      connectors.add(open(IPV6, port, config));
    } catch (PortTakenException e) {
      // IPv6 is optional: the URIs that jvault exports use 127.0.0.1.
      LOG.info("event=no_ipv6 port={} reason=\"{}\"", port, e.reason());
    }
    return new Listener(port, () -> connectors.forEach(this::shut));
  }

  private ServerConnector open(String host, int port, ListenerConfig config) {
    Server server = http.jetty();
    var configuration =
        server
            .getConnectors()[0]
            .getConnectionFactory(HttpConnectionFactory.class)
            .getHttpConfiguration();
    var connector =
        new CallerConnector(
            server, configuration, callers, inherited.at(InetAddress.ofLiteral(host), port));
    listenOn(connector, host, port, connections);
    connector.setReusePort(ports.shared());
    gate.put(connector, config);
    try {
      // Opens it before the server owns it, because a server with a failed part does not stop well.
      connector.open();
      server.addConnector(connector);
      connector.start();
      ports.yieldTo(port);
      return connector;
    } catch (Exception e) {
      shut(connector);
      throw new PortTakenException(e);
    }
  }

  private void shut(ServerConnector connector) {
    try {
      http.jetty().removeConnector(connector);
      connector.close();
      connector.stop();
    } catch (Exception e) {
      LOG.warn("event=listener_not_closed port={}", connector.getPort(), e);
    } finally {
      gate.remove(connector);
    }
  }

  private void accepting(boolean accepting) {
    Stream.of(http.jetty().getConnectors())
        .map(ServerConnector.class::cast)
        .forEach(connector -> connector.setAccepting(accepting));
  }

  private static void listenOn(
      ServerConnector connector, String host, int port, Connections connections) {
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
    connector.setAcceptQueueSize(BACKLOG);
    connector.addEventListener(connections);
  }

  /** An open listener; closing it ends its connections. */
  public static final class Listener implements AutoCloseable {
    private final int port;
    private final Runnable close;

    private Listener(int port, Runnable close) {
      this.port = port;
      this.close = close;
    }

    /** The TCP port. */
    public int port() {
      return port;
    }

    @Override
    public void close() {
      close.run();
    }
  }
}
