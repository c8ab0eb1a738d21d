package dev.jvault.http;

import dev.jvault.peer.PeerProcess;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The listener config for tests of the gate. */
final class TestListenerConfig {
  /** A route that answers every path. */
  static final Route ANYTHING =
      new Route("GET", "/", _ -> true, Route.Kind.TOKEN, _ -> HttpResponse.text(200, "anything"));

  /** The simplest valid request; it leaves the connection open. */
  static final String HONEST = "GET /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\n\r\n";

  /** The same request, after which the server closes the connection. */
  static final String HONEST_ONCE =
      "GET /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\nConnection: close\r\n\r\n";

  private TestListenerConfig() {}

  /** Routes for clients with the token {@code right}, whose owner is {@code dev}. */
  static ListenerConfig of(boolean forwarders, Route... routes) {
    return new ListenerConfig(
        List.of(routes),
        Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"),
        new OneToken(),
        forwarders,
        Problem::response);
  }

  /** A caller with fixed properties. */
  record FakeCaller(boolean ownUser, boolean forwarded) implements Caller {
    @Override
    public long uid() {
      return 1_000;
    }

    @Override
    public CompletableFuture<Optional<PeerProcess>> process() {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  /** Callers who are told as soon as they connect, or only for the first request. */
  record FakeCallers(Caller caller, boolean toldAtOnce) implements Caller.Lookup {
    @Override
    public Caller of(InetSocketAddress client, InetSocketAddress server) {
      return caller;
    }

    @Override
    public Optional<Caller> atOnce(InetSocketAddress client, InetSocketAddress server) {
      return toldAtOnce ? Optional.of(caller) : Optional.empty();
    }
  }

  private static final class OneToken implements TokenAuthenticator {
    @Override
    public String header() {
      return "Authorization";
    }

    @Override
    public Optional<String> authenticate(Optional<String> token) {
      return token.filter("right"::equals).map(_ -> "dev");
    }
  }
}
