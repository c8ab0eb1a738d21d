package dev.jvault.browser;

import dev.jvault.http.Caller;
import dev.jvault.http.HttpResponse;
import dev.jvault.http.ListenerConfig;
import dev.jvault.http.LoopbackServer;
import dev.jvault.http.PortTakenException;
import dev.jvault.http.Problem;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.http.TokenAuthenticator;
import dev.jvault.secret.RandomToken;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Short addresses on a port of 127.0.0.1, which lead a browser to the pages of a login. Everybody
 * on the machine can read the command line that opens a browser, so it must not hold what a page's
 * own address does: the login's {@code state} and redirect URI, or the device's code. A short
 * address is worth nothing to another user, because the port answers programs of this user only.
 */
public final class ShortAddresses implements AutoCloseable {
  private static final int RANDOM_BYTES = 24;

  private final LoopbackServer server;
  private final SecureRandom random = new SecureRandom();

  private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();

  /** By the part of the address after the port. */
  private final Map<String, Lead> leads = new ConcurrentHashMap<>();

  /**
   * Where a short address leads.
   *
   * @param once whether it may be opened once only
   * @param used whether it has been opened
   */
  private record Lead(String page, boolean once, boolean used) {}

  /**
   * Starts to listen on a free port.
   *
   * @param more what else the port serves
   * @throws PortTakenException if no port is free
   */
  public ShortAddresses(Caller.Lookup callers, Route... more) {
    this(0, callers, more);
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param more what else the port serves
   * @throws PortTakenException if the port is not free
   */
  public ShortAddresses(int port, Caller.Lookup callers, Route... more) {
    var routes = new ArrayList<>(List.of(more));
    routes.add(new Route("GET", "/", leads::containsKey, Route.Kind.PAGE, this::open));
    server =
        LoopbackServer.forBrowsers(
            port,
            new ListenerConfig(routes, Set.of(), new NoToken(), true, ShortAddresses::refusal),
            callers);
  }

  /** The address of the port, without a path. */
  public String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  /** An address for a command line: it leads to the page once. */
  public String once(String page) {
    return add(page, true);
  }

  /** An address for the user's terminal: it leads to the page until the login ends. */
  public String lasting(String page) {
    return add(page, false);
  }

  /** Completes when a browser has been led to a page. */
  public CompletableFuture<?> opened() {
    return opened;
  }

  @Override
  public void close() {
    server.close();
  }

  private String add(String page, boolean once) {
    String name = RandomToken.random(random, RANDOM_BYTES).reveal();
    leads.put(name, new Lead(page, once, false));
    return origin() + "/" + name;
  }

  private HttpResponse open(Request request) {
    Lead lead = leads.get(request.tail());
    if (lead == null
        || lead.used()
        || !leads.replace(request.tail(), lead, new Lead(lead.page(), lead.once(), lead.once()))) {
      return BrowserPage.of(
          410, "This address has been opened already; the terminal shows another one.");
    }
    opened.complete(null);
    return BrowserPage.leadingTo(lead.page());
  }

  private static HttpResponse refusal(Problem problem) {
    return BrowserPage.of(
        problem.status(),
        switch (problem.status()) {
          case 403 -> "This page opens in a browser of the user who logs in, and in no other way.";
          case 404 -> "There is nothing here.";
          default -> "The request is malformed.";
        });
  }

  /** There is none: a page is found by its random address, and an answer by its state. */
  private static final class NoToken implements TokenAuthenticator {
    @Override
    public String header() {
      return "Authorization";
    }

    @Override
    public Optional<String> authenticate(Optional<String> token) {
      return Optional.empty();
    }
  }
}
