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
 * Waits on a free port of 127.0.0.1 for the browser that comes back from the login page (RFC 8252,
 * section 7.3), and takes one answer: the first with the right {@code state}. Everything else is
 * turned away and changes nothing, for any page may send a browser here.
 */
final class RedirectListener implements AutoCloseable {
  private static final String PATH = "/oauth/callback";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Secret state;
  private final BlockingQueue<Redirect> taken = new ArrayBlockingQueue<>(1);
  private boolean answered;

  /**
   * Listens.
   *
   * @param state which the answer must carry
   */
  RedirectListener(Secret state) throws IOException {
    this.state = state;
    var anyPort = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    server = HttpServer.create(anyPort, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where the browser is sent back to. */
  String uri() {
    return "http://" + host() + PATH;
  }

  /** The answer, if it comes in time. */
  Optional<Redirect> await(Duration limit) throws InterruptedException {
    return Optional.ofNullable(taken.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
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
      if (!addressed(exchange)) {
        answer(exchange, 404, "There is nothing here.");
      } else if (!rightState(query)) {
        answer(exchange, 400, "This is not the answer to a login that is under way.");
      } else if (!first()) {
        answer(exchange, 410, "This login has been answered already.");
      } else {
        take(exchange, query);
      }
    }
  }

  private boolean addressed(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && PATH.equals(exchange.getRequestURI().getRawPath())
        && host().equals(exchange.getRequestHeaders().getFirst("Host"));
  }

  private boolean rightState(Map<String, String> query) {
    return Secret.of(query.getOrDefault("state", "")).equals(state)
        && (query.containsKey("code") || query.containsKey("error"));
  }

  private synchronized boolean first() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  /** The page is sent first: what waits for the answer closes the server. */
  private void take(HttpExchange exchange, Map<String, String> query) throws IOException {
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
      taken.add(
          failed
              ? new Redirect.Failed(query.getOrDefault("error", ""))
              : new Redirect.Code(Secret.of(code)));
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

  /** The parameters; none where one is there twice or cannot be read. */
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
}
