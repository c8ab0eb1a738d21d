package dev.jvault.sso;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Listens on a free port of 127.0.0.1 for the browser that returns from the login page (RFC 8252,
 * section 7.3). Accepts one response: the first with the right {@code state}. Everything else is
 * refused and changes nothing, because any web page can send a browser here.
 */
final class RedirectListener implements AutoCloseable {
  private static final String PATH = "/oauth/callback";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Secret state;
  private final BlockingQueue<AuthorizationResponse> accepted = new ArrayBlockingQueue<>(1);
  private boolean responded;

  /**
   * Starts to listen.
   *
   * @param state the value that the response must carry
   */
  RedirectListener(Secret state) throws IOException {
    this.state = state;
    var anyPort = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    server = HttpServer.create(anyPort, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The redirect URI: where the login page sends the browser. */
  String uri() {
    return "http://" + host() + PATH;
  }

  /** The response, if it comes in time. */
  Optional<AuthorizationResponse> await(Duration limit) throws InterruptedException {
    return Optional.ofNullable(accepted.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange);
      if (!isCallback(exchange)) {
        answer(exchange, 404, "There is nothing here.");
      } else if (!hasState(query)) {
        answer(exchange, 400, "This does not belong to a login that is in progress.");
      } else if (!first()) {
        answer(exchange, 410, "This login has been completed already.");
      } else {
        accept(exchange, query);
      }
    }
  }

  private boolean isCallback(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && PATH.equals(exchange.getRequestURI().getRawPath())
        && host().equals(exchange.getRequestHeaders().getFirst("Host"));
  }

  private boolean hasState(Map<String, String> query) {
    return Secret.of(query.getOrDefault("state", "")).equals(state)
        && (query.containsKey("code") || query.containsKey("error"));
  }

  private synchronized boolean first() {
    boolean first = !responded;
    responded = true;
    return first;
  }

  /** Sends the page first, because the thread that awaits the response closes the server. */
  private void accept(HttpExchange exchange, Map<String, String> query) throws IOException {
    String code = query.getOrDefault("code", "");
    boolean failed = query.containsKey("error") || code.isEmpty();
    try {
      answer(
          exchange,
          200,
          failed
              ? "The login was not completed. You can close this tab."
              : "jvault has its answer. You can close this tab.");
    } finally {
      accepted.add(
          failed
              ? new AuthorizationResponse.Refused(query.getOrDefault("error", ""))
              : new AuthorizationResponse.Code(Secret.of(code)));
    }
  }

  private static void answer(HttpExchange exchange, int status, String sentence)
      throws IOException {
    byte[] page =
        ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>jvault</title><p>"
                + sentence
                + "</p></html>\n")
            .getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", "default-src 'none'");
    headers.set("Connection", "close");
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
    exchange.getResponseBody().flush();
  }

  /** The parameters; none if one is repeated or malformed. */
  private static Map<String, String> query(HttpExchange exchange) {
    String raw = exchange.getRequestURI().getRawQuery();
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      try {
        String value = pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "";
        if (query.put(pair[0], value) != null) {
          return Map.of();
        }
      } catch (IllegalArgumentException _) {
        return Map.of();
      }
    }
    return query;
  }

  /** What the browser brought back from the login page. */
  sealed interface AuthorizationResponse {
    /** The code to exchange for a token. */
    record Code(Secret code) implements AuthorizationResponse {}

    /**
     * There is no code.
     *
     * @param error an error code of RFC 6749, such as {@code access_denied}
     */
    record Refused(String error) implements AuthorizationResponse {}
  }
}
