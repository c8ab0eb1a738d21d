package dev.jvault.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Checks that the peer of every request on the control socket is the daemon's own user. Only the
 * owner can enter the folder anyway; this check holds even if its permissions are widened.
 */
final class OwnerGate extends Handler.Wrapper {
  private final List<Route> routes;
  private final String owner;

  OwnerGate(List<Route> routes, UserPrincipal owner) {
    this.routes = List.copyOf(routes);
    this.owner = owner.getName();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Object transport = request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    if (!(transport instanceof SocketChannel channel) || !ownUser(channel)) {
      Gate.write(Problem.FORBIDDEN.response(), response, callback);
      return true;
    }
    Optional<Route> route =
        routes.stream()
            .filter(one -> one.method().equals(request.getMethod()))
            .filter(one -> one.covers(request.getHttpURI().getPath()))
            .findFirst();
    if (route.isEmpty()) {
      Gate.write(Problem.NOT_FOUND.response(), response, callback);
      return true;
    }
    request.setAttribute(dev.jvault.http.Request.ROUTE, route.get());
    return super.handle(request, response, callback);
  }

  private boolean ownUser(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName().equals(owner);
  }
}
