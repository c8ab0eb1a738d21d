package dev.jvault.http;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Checks every request on a TCP listener before a route sees it: the route and its methods, the
 * {@code Host}, headers that no SDK sends but browsers and proxies do, a body, the caller's user
 * and program, and the token. A refusal is one of the constant {@link Problem}s and reveals
 * nothing.
 *
 * <p>The gate runs before the servlet layer, so that nothing more is decoded or parsed for a caller
 * that it refuses. The route that it checked is the one that runs, even if another parser would
 * read the path differently.
 */
final class Gate extends Handler.Wrapper {
  private final Map<Connector, ListenerConfig> configs = new ConcurrentHashMap<>();
  private final Caller.Lookup callers;
  private final Connections connections;
  private volatile boolean ending;

  Gate(Caller.Lookup callers, Connections connections) {
    this.callers = callers;
    this.connections = connections;
  }

  /** Sets the config for all requests of a connector. */
  void put(Connector connector, ListenerConfig config) {
    configs.put(connector, config);
  }

  void remove(Connector connector) {
    configs.remove(connector);
  }

  /** From now on, every response ends its connection. */
  void endConnections() {
    ending = true;
  }

  /** The config of the listener that received a request. */
  ListenerConfig config(org.eclipse.jetty.server.Request request) {
    ListenerConfig config = configs.get(request.getConnectionMetaData().getConnector());
    if (config == null) {
      throw new IllegalStateException("a connector without a listener config");
    }
    return config;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request, Response response, Callback callback)
      throws Exception {
    ListenerConfig config = config(request);
    if (ending) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    Optional<HttpResponse> refusal = refusal(request, config);
    if (refusal.isPresent()) {
      write(refusal.get(), response, callback);
      return true;
    }
    connections.admitted(request.getConnectionMetaData().getConnection());
    return super.handle(request, response, callback);
  }

  static void write(HttpResponse response, Response jetty, Callback callback) {
    jetty.setStatus(response.status());
    response.headers().forEach((name, value) -> jetty.getHeaders().put(name, value));
    jetty.getHeaders().put(HttpHeader.CONTENT_LENGTH, response.body().length);
    jetty.write(true, ByteBuffer.wrap(response.body()), callback);
  }

  private Optional<HttpResponse> refusal(
      org.eclipse.jetty.server.Request request, ListenerConfig config) {
    String path = request.getHttpURI().getPath();
    List<Route> covering =
        plain(path)
            ? config.routes().stream().filter(route -> route.covers(path)).toList()
            : List.of();
    if (covering.isEmpty()) {
      return refuse(Problem.NOT_FOUND, config);
    }
    Optional<Route> route =
        covering.stream().filter(one -> one.method().equals(request.getMethod())).findFirst();
    if (route.isEmpty()) {
      return refuse(Problem.METHOD_NOT_ALLOWED, config)
          .map(refusal -> refusal.with("Allow", methods(covering)));
    }
    return problem(request, config, route.get()).flatMap(problem -> refuse(problem, config));
  }

  private Optional<Problem> problem(
      org.eclipse.jetty.server.Request request, ListenerConfig config, Route route) {
    HttpFields headers = request.getHeaders();
    Caller caller = caller(request.getConnectionMetaData());
    if (!AllowedHosts.allowed(headers.getValuesList("Host"), config.hosts())
        || !(route.kind() == Route.Kind.PAGE
            ? BrowserHeaders.openAPage(headers)
            : BrowserHeaders.areAbsent(headers))
        || !caller.ownUser()
        || (!config.allowsForwarders() && caller.forwarded())) {
      return Optional.of(Problem.FORBIDDEN);
    }
    if (route.kind() != Route.Kind.HANDSHAKE && hasBody(headers)) {
      return Optional.of(Problem.BODY);
    }
    if (route.kind() == Route.Kind.TOKEN) {
      Optional<String> principal = authenticate(headers, config.authenticator());
      if (principal.isEmpty()) {
        if (!headers.contains(config.authenticator().header())) {
          config.authenticator().noToken(request.getHttpURI().getPath(), caller);
        }
        return Optional.of(Problem.UNAUTHORIZED);
      }
      request.setAttribute(Request.PRINCIPAL, principal.get());
    }
    request.setAttribute(Request.ROUTE, route);
    request.setAttribute(Request.CALLER, caller);
    return Optional.empty();
  }

  private static Optional<HttpResponse> refuse(Problem problem, ListenerConfig config) {
    HttpResponse refusal = config.errors().apply(problem);
    // What follows on this connection may be the rest of the unread body.
    return Optional.of(
        problem.equals(Problem.BODY) ? refusal.with("Connection", "close") : refusal);
  }

  private static String methods(List<Route> covering) {
    return covering.stream().map(Route::method).distinct().collect(Collectors.joining(", "));
  }

  private static Optional<String> authenticate(
      HttpFields headers, TokenAuthenticator authenticator) {
    List<String> tokens = headers.getValuesList(authenticator.header());
    return switch (tokens.size()) {
      case 0 -> authenticator.authenticate(Optional.empty());
      case 1 -> authenticator.authenticate(Optional.of(tokens.getFirst()));
      default -> Optional.empty();
    };
  }

  /** The paths that jvault issues need no escapes, so a path with any is not one of them. */
  private static boolean plain(String path) {
    return path.indexOf('%') < 0 && !path.contains("//") && !path.contains("/.");
  }

  private static boolean hasBody(HttpFields headers) {
    return headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getValuesList(HttpHeader.CONTENT_LENGTH).stream().anyMatch(n -> !n.equals("0"));
  }

  /** One caller for each connection, because its owner cannot change. */
  private Caller caller(ConnectionMetaData connection) {
    if (connection.getAttribute(Request.CALLER) instanceof Caller known) {
      return known;
    }
    Caller caller =
        CallerConnector.caller(connection.getConnection())
            .orElseGet(() ->
                callers.of(
                    (InetSocketAddress) connection.getRemoteSocketAddress(),
                    (InetSocketAddress) connection.getLocalSocketAddress()));
    connection.setAttribute(Request.CALLER, caller);
    return caller;
  }
}
