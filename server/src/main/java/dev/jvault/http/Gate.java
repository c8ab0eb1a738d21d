package dev.jvault.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every request on a TCP listener passes before a route sees it: the route and its methods,
 * the {@code Host}, the headers that no SDK sends and every browser or proxy does, the caller's
 * user, the token. A refusal is one of the constant {@link Problem}s and tells nothing.
 *
 * <p>It stands before the servlet layer, so that nothing is decoded or parsed further for a caller
 * who may not be answered.
 */
final class Gate extends Handler.Wrapper {
  /** The request attribute with the id that {@link Admission} told. */
  static final String ADMITTED = "dev.jvault.admitted";

  private static final String OWN_USER = "dev.jvault.own-user";

  /** Browsers (rebinding, fetch, forms) and forwarding proxies send these; no AWS SDK does. */
  private static final List<String> FORBIDDEN =
      List.of("Origin", "Referer", "X-Forwarded-For", "Forwarded", "Via", "Cookie");

  private final List<Route> routes;
  private final CallerCheck callerCheck;
  private final Admission admission;

  Gate(List<Route> routes, CallerCheck callerCheck, Admission admission) {
    this.routes = routes;
    this.callerCheck = callerCheck;
    this.admission = admission;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request, Response response, Callback callback)
      throws Exception {
    Optional<Problem> refusal = refusal(request);
    if (refusal.isPresent()) {
      refuse(refusal.get(), response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  static void refuse(Problem problem, Response response, Callback callback) {
    byte[] body = problem.body();
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private Optional<Problem> refusal(org.eclipse.jetty.server.Request request) {
    String path = request.getHttpURI().getPath();
    List<Route> covering = routes.stream().filter(route -> route.covers(path)).toList();
    if (covering.isEmpty() || !plain(path)) {
      return Optional.of(Problem.NOT_FOUND);
    }
    if (covering.stream().noneMatch(route -> route.method().equals(request.getMethod()))) {
      return Optional.of(Problem.METHOD_NOT_ALLOWED);
    }
    HttpFields headers = request.getHeaders();
    if (!HostNames.allowed(headers.getValuesList("Host")) || forbidden(headers)) {
      return Optional.of(Problem.FORBIDDEN);
    }
    if (!ownUser(request.getConnectionMetaData())) {
      return Optional.of(Problem.FORBIDDEN);
    }
    List<String> authorization = headers.getValuesList("Authorization");
    Optional<String> admitted =
        authorization.size() == 1 ? admission.admit(authorization.getFirst()) : Optional.empty();
    if (admitted.isEmpty()) {
      return Optional.of(Problem.UNAUTHORIZED);
    }
    request.setAttribute(ADMITTED, admitted.get());
    return Optional.empty();
  }

  /** Issued paths need no escapes; what has some is another path (or an attempt at one). */
  private static boolean plain(String path) {
    return path.indexOf('%') < 0 && !path.contains("//") && !path.contains("/.");
  }

  private static boolean forbidden(HttpFields headers) {
    return FORBIDDEN.stream().anyMatch(headers::contains)
        || headers.stream().anyMatch(field -> field.getLowerCaseName().startsWith("sec-"));
  }

  /** Looked up once for each connection: its owner cannot change. */
  private boolean ownUser(ConnectionMetaData connection) {
    Object known = connection.getAttribute(OWN_USER);
    if (known instanceof Boolean answer) {
      return answer;
    }
    SocketAddress client = connection.getRemoteSocketAddress();
    SocketAddress server = connection.getLocalSocketAddress();
    boolean own =
        client instanceof InetSocketAddress clientAddress
            && server instanceof InetSocketAddress serverAddress
            && callerCheck.ownUser(clientAddress, serverAddress);
    connection.setAttribute(OWN_USER, own);
    return own;
  }
}
