package dev.jvault.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
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
  private Connector connector;

  private ControlServer(HttpServer http) {
    this.http = http;
    this.connector = http.jetty().getConnectors()[0];
  }

  /**
   * Listens on a socket in a folder that only its owner can enter.
   *
   * @param socket the path, which must not exist
   * @throws PortTakenException if no socket can be made there
   */
  public static ControlServer start(Path socket, List<Route> routes) {
    HttpServer http =
        HttpServer.start(
            new ControlRoutes(routes),
            new ConstantErrors(_ -> Problem::response, () -> {}),
            HttpServer.HEADER_BYTES,
            (server, configuration) -> connector(server, configuration, socket));
    return new ControlServer(http);
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
            socket);
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

  private static Connector connector(Server server, HttpConfiguration http, Path socket) {
    var connector = new OwnerConnector(server, new HttpConnectionFactory(http), owner(socket));
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
