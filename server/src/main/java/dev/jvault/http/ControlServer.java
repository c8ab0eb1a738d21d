package dev.jvault.http;

import dev.jvault.systemd.InheritedSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener on an owner-only Unix domain socket. */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private final HttpServer http;
  private final ControlRoutes routes;
  private Connector connector;

  private ControlServer(HttpServer http, ControlRoutes routes) {
    this.http = http;
    this.routes = routes;
    this.connector = http.jetty().getConnectors()[0];
  }

  /**
   * Listens on a socket in a folder that only its owner can enter.
   *
   * @param socket the path, which must not exist
   * @throws PortTakenException if no socket can be made there
   */
  public static ControlServer start(Path socket, List<Route> routes) {
    return start(socket, Optional.empty(), routes);
  }

  /**
   * Listens on a socket that systemd keeps.
   *
   * @param unused the path of a socket that is made for a moment, in the same folder
   * @throws PortTakenException if that is impossible
   */
  public static ControlServer startInherited(
      InheritedSocket socket, Path unused, List<Route> routes) {
    return start(unused, Optional.of(socket), routes);
  }

  private static ControlServer start(
      Path socket, Optional<InheritedSocket> inherited, List<Route> routes) {
    var guard = new ControlRoutes(routes);
    HttpServer http =
        HttpServer.start(
            guard,
            new ConstantErrors(_ -> Problem::response, () -> {}),
            HttpServer.HEADER_BYTES,
            (server, configuration) -> connector(server, configuration, socket, inherited));
    return new ControlServer(http, guard);
  }

  /**
   * Listens on another socket instead. Requests that came through the old one are still answered.
   *
   * @param socket the path, which must not exist
   * @throws PortTakenException if no socket can be made there; the old one stays open
   */
  public synchronized void moveTo(Path socket) {
    Server server = http.jetty();
    Connector old = connector;
    Connector next =
        connector(
            server,
            old.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration(),
            socket,
            Optional.empty());
    server.addConnector(next);
    try {
      next.start();
    } catch (Exception e) {
      server.removeConnector(next);
      throw new PortTakenException(e);
    }
    connector = next;
    var _ = old.shutdown().whenComplete((_, _) -> retire(old));
  }

  /** How many requests there have been. */
  public long requests() {
    return routes.requests();
  }

  /** Whether no client is connected. */
  public synchronized boolean quiet() {
    return connector.getConnectedEndPoints().isEmpty();
  }

  /** Lets new connections wait in the socket, or accepts them again. */
  public synchronized void accept(boolean accepting) {
    if (connector instanceof OwnerConnector owner) {
      owner.setAccepting(accepting);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private void retire(Connector old) {
    try {
      http.jetty().removeConnector(old);
      old.stop();
    } catch (Exception e) {
      LOG.warn("event=control_listener_not_closed", e);
    }
  }

  private static Connector connector(
      Server server, HttpConfiguration http, Path socket, Optional<InheritedSocket> inherited) {
    var connector =
        new OwnerConnector(server, new HttpConnectionFactory(http), owner(socket), inherited);
    connector.setUnixDomainPath(socket);
    // A conversation waits for the user, longer than any transport time-out.
    connector.setIdleTimeout(0);
    return connector;
  }

  private static UserPrincipal owner(Path socket) {
    try {
      return Files.getOwner(socket.resolveSibling("."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
