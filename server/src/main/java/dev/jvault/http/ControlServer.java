package dev.jvault.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** A listener on an owner-only Unix domain socket. */
public final class ControlServer implements AutoCloseable {
  private final HttpServer http;

  private ControlServer(HttpServer http) {
    this.http = http;
  }

  /**
   * Listens on a socket in a folder that only its owner can enter.
   *
   * @param socket the path, which must not exist
   */
  public static ControlServer start(Path socket, List<Route> routes) {
    HttpServer http =
        HttpServer.start(
            new OwnerGate(routes, owner(socket)),
            new ConstantErrors(_ -> Problem::response),
            (server, configuration) -> {
              var connector =
                  new UnixDomainServerConnector(
                      server, 0, 1, new HttpConnectionFactory(configuration));
              connector.setUnixDomainPath(socket);
              // A conversation waits for the user, longer than any transport time-out.
              connector.setIdleTimeout(0);
              return connector;
            });
    return new ControlServer(http);
  }

  @Override
  public void close() {
    http.close();
  }

  private static UserPrincipal owner(Path socket) {
    try {
      return Files.getOwner(socket.resolveSibling("."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
