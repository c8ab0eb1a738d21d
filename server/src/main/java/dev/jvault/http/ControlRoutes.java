package dev.jvault.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Finds the route of every request on the control socket, whose connections are all the owner's.
 */
final class ControlRoutes extends Handler.Wrapper {
  private final List<Route> routes;
  private final LongAdder requests = new LongAdder();

  ControlRoutes(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** How many requests there have been. */
  long requests() {
    return requests.sum();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    requests.increment();
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
}
