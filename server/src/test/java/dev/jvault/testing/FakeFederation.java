package dev.jvault.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The federation endpoint of the AWS console on loopback. It checks each request as AWS does, takes
 * each sign-in token once, and shows a page in place of the console. A test can make the next
 * requests fail. All tokens start with {@link #CANARY}.
 */
public final class FakeFederation implements AutoCloseable {
  /** Must appear in responses and in addresses for browsers only. */
  public static final String CANARY = "canary-signin-";

  private static final Pattern SESSION =
      Pattern.compile(
          "\\{\"sessionId\":\"([^\"]+)\",\"sessionKey\":\"([^\"]+)\",\"sessionToken\":\"([^\"]+)\"}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final Set<String> opened = ConcurrentHashMap.newKeySet();
  private volatile boolean logout;
  private volatile boolean takesDuration = true;

  /** How one request for a token fails. */
  public enum Fault {
    /** HTTP 400. */
    MALFORMED,
    /** HTTP 403. */
    FORBIDDEN,
    /** HTTP 429. */
    TOO_MANY,
    /** HTTP 500. */
    TROUBLE,
    /** HTTP 302 to another server. */
    REDIRECT,
    /** HTTP 200 and a login page of another server. */
    GARBAGE,
    /** HTTP 200 and an empty object. */
    EMPTY,
    /** HTTP 200 and a token that is no string. */
    WRONG_TYPE,
    /** HTTP 200 and a megabyte. */
    ENDLESS
  }

  /** Listens on a free port of 127.0.0.1. */
  public FakeFederation() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/federation", this::federation);
    server.createContext("/oauth", this::oauth);
    server.start();
  }

  /** Scheme, host and port. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Makes the next request for a token fail. */
  public void fail(Fault fault) {
    faults.add(fault);
  }

  /** Refuses requests with a SessionDuration from now on, as AWS does for chained roles. */
  public void refuseDurations() {
    takesDuration = false;
  }

  /** The parameters of the requests for tokens, in order. */
  public List<Map<String, String>> requests() {
    return List.copyOf(requests);
  }

  /** The destinations that browsers have been led to. */
  public Set<String> opened() {
    return Set.copyOf(opened);
  }

  /** Whether a browser has been logged out. */
  public boolean loggedOut() {
    return logout;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void federation(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    if (!"GET".equals(exchange.getRequestMethod())) {
      answer(exchange, 405, "text/plain", "GET only");
      return;
    }
    switch (query.getOrDefault("Action", "")) {
      case "getSigninToken" -> token(exchange, query);
      case "login" -> login(exchange, query);
      default -> answer(exchange, 400, "text/html", "<html>unknown Action</html>");
    }
  }

  private void token(HttpExchange exchange, Map<String, String> query) throws IOException {
    requests.add(query);
    Fault fault = faults.poll();
    if (fault != null) {
      fail(exchange, fault);
      return;
    }
    Optional<String> problem = problem(query);
    if (problem.isPresent()) {
      answer(exchange, 400, "text/html", "<html>" + problem.get() + "</html>");
      return;
    }
    String token = CANARY + numbers.incrementAndGet();
    tokens.put(token, query.getOrDefault("Session", ""));
    answer(exchange, 200, "application/json", "{\"SigninToken\":\"" + token + "\"}");
  }

  private Optional<String> problem(Map<String, String> query) {
    Matcher session = SESSION.matcher(query.getOrDefault("Session", ""));
    if (!session.matches() || !session.group(1).startsWith("ASIA")) {
      return Optional.of("Session");
    }
    if (!Set.of("Action", "Session", "SessionDuration").containsAll(query.keySet())) {
      return Optional.of("an unknown parameter");
    }
    String duration = query.get("SessionDuration");
    if (duration == null) {
      return Optional.empty();
    }
    boolean legal = duration.matches("\\d{3,5}") && inRange(Integer.parseInt(duration));
    return takesDuration && legal ? Optional.empty() : Optional.of("SessionDuration");
  }

  private static boolean inRange(int seconds) {
    return seconds >= 900 && seconds <= 43_200;
  }

  private void login(HttpExchange exchange, Map<String, String> query) throws IOException {
    String session = tokens.remove(query.getOrDefault("SigninToken", ""));
    if (session == null || !query.containsKey("Destination") || !query.containsKey("Issuer")) {
      answer(exchange, 400, "text/html", "<html>Your request is not valid</html>");
      return;
    }
    opened.add(query.getOrDefault("Destination", ""));
    answer(exchange, 200, "text/html", "<html><body>Welcome to the console</body></html>");
  }

  private void oauth(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    logout = "logout".equals(query.get("Action"));
    exchange.getResponseHeaders().add("Location", query.getOrDefault("redirect_uri", ""));
    answer(exchange, 302, "text/plain", "");
  }

  private void fail(HttpExchange exchange, Fault fault) throws IOException {
    switch (fault) {
      case MALFORMED -> answer(exchange, 400, "text/html", "<html>Bad Request</html>");
      case FORBIDDEN -> answer(exchange, 403, "text/html", "<html>Forbidden</html>");
      case TOO_MANY -> answer(exchange, 429, "text/plain", "slow down");
      case TROUBLE -> answer(exchange, 500, "text/plain", "trouble");
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", endpoint() + "/federation?Action=elsewhere");
        answer(exchange, 302, "text/plain", "");
      }
      case GARBAGE -> answer(exchange, 200, "text/html", "<html>Please log in to the hotel</html>");
      case EMPTY -> answer(exchange, 200, "application/json", "{}");
      case WRONG_TYPE -> answer(exchange, 200, "application/json", "{\"SigninToken\":{\"a\":[1]}}");
      case ENDLESS -> answer(exchange, 200, "application/json", "x".repeat(1 << 20));
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (String part : raw.split("&", -1)) {
      String[] pair = part.split("=", 2);
      query.put(pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], UTF_8) : "");
    }
    return query;
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException _) {
      // The client has read enough.
    }
  }
}
