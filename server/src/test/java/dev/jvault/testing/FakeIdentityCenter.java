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
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IAM Identity Center on loopback: SSO OIDC and the portal, with the pages that a user visits. It
 * follows the test's clock, verifies PKCE, and accepts each code and refresh token once. A test can
 * make the next requests to a path fail. All secrets start with {@link #CANARY}.
 */
public final class FakeIdentityCenter implements AutoCloseable {
  /** Must appear in requests and responses only. */
  public static final String CANARY = "canary-sso-";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Map<String, Asked> codes = new ConcurrentHashMap<>();
  private final Map<String, Device> devices = new ConcurrentHashMap<>();
  private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();
  private final Map<String, Instant> accessTokens = new ConcurrentHashMap<>();
  private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final Map<String, String> accounts = new ConcurrentSkipListMap<>();
  private final Set<String> roles = ConcurrentHashMap.newKeySet();
  private volatile Duration tokenLife = Duration.ofHours(1);
  private volatile Duration clientLife = Duration.ofDays(90);
  private volatile Duration deviceLife = Duration.ofMinutes(10);
  private volatile int deviceInterval = 1;
  private volatile boolean approving = true;
  private volatile boolean wrongState;

  /** How one request fails. */
  public enum Fault {
    /** HTTP 500. */
    TROUBLE,
    /** HTTP 429. */
    TOO_MANY,
    /** HTTP 200 and a login page of another server. */
    GARBAGE,
    /** HTTP 200 and an empty object. */
    EMPTY,
    /** The device grant: the user has not decided yet. */
    PENDING,
    /** The device grant: polled too often. */
    SLOW_DOWN,
    /** The device grant: the code has expired. */
    EXPIRED,
    /** The user refused. */
    DENIED,
    /** The code or refresh token is invalid. */
    INVALID_GRANT,
    /** The client is unknown. */
    INVALID_CLIENT,
    /** The access token is not valid. */
    UNAUTHORIZED
  }

  private record Client(Instant expires, boolean code, boolean refresh) {}

  private record Asked(String clientId, String redirectUri, String challenge) {}

  private static final class Device {
    private final String clientId;
    private final Instant end;
    private volatile String decision = "pending";

    Device(String clientId, Instant end) {
      this.clientId = clientId;
      this.end = end;
    }
  }

  /** Listens on a free port of 127.0.0.1. */
  public FakeIdentityCenter(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    account("123456789012", "Main", "Developer");
  }

  /** Adds an account, in which the user has these roles. */
  public FakeIdentityCenter account(String id, String name, String... roleNames) {
    accounts.put(id, name);
    for (String role : roleNames) {
      roles.add(id + "/" + role);
    }
    return this;
  }

  /** Takes an account away, with its roles. */
  public void takeAway(String id) {
    accounts.remove(id);
    roles.removeIf(role -> role.startsWith(id + "/"));
  }

  /** The address of this server. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sets how long tokens that are issued from now on are valid. */
  public FakeIdentityCenter tokensLive(Duration life) {
    tokenLife = life;
    return this;
  }

  /** Sets how long clients that are registered from now on are valid. */
  public FakeIdentityCenter clientsLive(Duration life) {
    clientLife = life;
    return this;
  }

  /** Sets how long device codes that are issued from now on are valid. */
  public FakeIdentityCenter devicesLive(Duration life) {
    deviceLife = life;
    return this;
  }

  /** Sets how many seconds a client has to wait between two requests for a device's token. */
  public FakeIdentityCenter devicesWait(int seconds) {
    deviceInterval = seconds;
    return this;
  }

  /** Makes the user refuse from now on. */
  public void refuse() {
    approving = false;
  }

  /** Makes the page send browsers back with a wrong state. */
  public void confuseState() {
    wrongState = true;
  }

  /** Makes the next requests to a path fail. */
  public void next(String path, Fault... wrong) {
    faults.computeIfAbsent(path, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(wrong));
  }

  /** Forgets all issued tokens. */
  public void forgetTokens() {
    accessTokens.clear();
  }

  /** Forgets all registered clients. */
  public void forgetClients() {
    clients.clear();
  }

  /** The requests so far, each with method, path and body, in order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The number of requests to a path. */
  public long count(String path) {
    return requests.stream().filter(request -> request.split(" ", 3)[1].equals(path)).count();
  }

  /** The queries of the requests so far to a path, never decoded, in order. */
  public List<String> queries(String path) {
    return queries.stream()
        .filter(query -> query.startsWith(path + "?"))
        .map(query -> query.substring(path.length() + 1))
        .toList();
  }

  /** Issues an access token without a request, as if to the AWS CLI. */
  public String issueToken(Duration life) {
    String token = secret("access");
    accessTokens.put(token, clock.instant().plus(life));
    return token;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      queries.add(path + "?" + exchange.getRequestURI().getRawQuery());
      requests.add(exchange.getRequestMethod() + " " + path + " " + body);
      Queue<Fault> wrong = faults.get(path);
      Fault fault = wrong == null ? null : wrong.poll();
      if (fault != null) {
        fail(exchange, fault);
        return;
      }
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      switch (path) {
        case "/client/register" -> register(exchange, body);
        case "/device_authorization" -> startDevice(exchange, body);
        case "/authorize" -> authorize(exchange, query);
        case "/device" -> approve(exchange, query);
        case "/token" -> token(exchange, body);
        case "/federation/credentials" -> role(exchange, query);
        case "/assignment/accounts" -> accounts(exchange, query);
        case "/assignment/roles" -> accountRoles(exchange, query);
        case "/start" ->
            send(
                exchange,
                200,
                "text/html",
                "<!doctype html><head><meta name=\"env\" content=\"prod\"/>"
                    + "<meta name=\"region\" content=\"eu-west-1\"/></head>");
        case "/logout" -> logout(exchange);
        default -> html(exchange, 404, "no such page");
      }
    }
  }

  private void register(HttpExchange exchange, String body) throws IOException {
    String id = "client-" + numbers.incrementAndGet();
    boolean code = body.contains("\"authorization_code\"");
    if (code && !body.contains("\"http://127.0.0.1/oauth/callback\"")) {
      error(exchange, 400, "InvalidRedirectUriException", "invalid_redirect_uri");
      return;
    }
    Instant end = clock.instant().plus(clientLife);
    clients.put(id, new Client(end, code, body.contains("\"scopes\"")));
    json(
        exchange,
        "{\"clientId\":\"%s\",\"clientSecret\":\"%s\",\"clientIdIssuedAt\":1,\"clientSecretExpiresAt\":%d}"
            .formatted(id, CANARY + "client-of-" + id, end.getEpochSecond()));
  }

  private boolean known(String body) {
    Client client = clients.get(member(body, "clientId"));
    return client != null
        && member(body, "clientSecret").equals(CANARY + "client-of-" + member(body, "clientId"))
        && clock.instant().isBefore(client.expires());
  }

  private void startDevice(HttpExchange exchange, String body) throws IOException {
    if (!known(body)) {
      error(exchange, 401, "InvalidClientException", "invalid_client");
      return;
    }
    String code = secret("device");
    String user = "WXYZ-%04d".formatted(numbers.incrementAndGet());
    devices.put(code, new Device(member(body, "clientId"), clock.instant().plus(deviceLife)));
    json(
        exchange,
        ("{\"deviceCode\":\"%s\",\"userCode\":\"%s\",\"verificationUri\":\"%s/device\","
                + "\"verificationUriComplete\":\"%s/device?user_code=%s\",\"expiresIn\":%d,"
                + "\"interval\":%d}")
            .formatted(
                code, user, endpoint(), endpoint(), user, deviceLife.toSeconds(), deviceInterval));
  }

  /** Approves all pending devices, because the user enters the code that was just shown. */
  private void approve(HttpExchange exchange, Map<String, String> query) throws IOException {
    if (query.getOrDefault("user_code", "").isEmpty()) {
      html(exchange, 200, "enter the code");
      return;
    }
    devices.values().forEach(device -> device.decision = approving ? "approved" : "denied");
    html(exchange, 200, "Request approved");
  }

  private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
    Client client = clients.get(query.getOrDefault("client_id", ""));
    String redirect = query.getOrDefault("redirect_uri", "");
    if (client == null
        || !client.code()
        || !redirect.matches("http://127\\.0\\.0\\.1:\\d+/oauth/callback")
        || !"code".equals(query.get("response_type"))
        || !"S256".equals(query.get("code_challenge_method"))) {
      html(exchange, 400, "invalid request");
      return;
    }
    String state = wrongState ? "another" : query.getOrDefault("state", "");
    String code = secret("code");
    codes.put(
        code,
        new Asked(
            query.getOrDefault("client_id", ""),
            redirect,
            query.getOrDefault("code_challenge", "")));
    String answer = approving ? "code=" + code : "error=access_denied";
    exchange
        .getResponseHeaders()
        .set("Location", redirect + "?" + answer + "&state=" + URLEncoder.encode(state, UTF_8));
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange, String body) throws IOException {
    if (!known(body)) {
      error(exchange, 401, "InvalidClientException", "invalid_client");
      return;
    }
    switch (member(body, "grantType")) {
      case "authorization_code" -> codeToken(exchange, body);
      case "refresh_token" -> refreshedToken(exchange, body);
      case "urn:ietf:params:oauth:grant-type:device_code" -> deviceToken(exchange, body);
      default -> error(exchange, 400, "UnsupportedGrantTypeException", "unsupported_grant_type");
    }
  }

  private void codeToken(HttpExchange exchange, String body) throws IOException {
    Asked asked = codes.remove(member(body, "code"));
    if (asked == null
        || !asked.clientId().equals(member(body, "clientId"))
        || !asked.redirectUri().equals(member(body, "redirectUri"))
        || !asked.challenge().equals(challenge(member(body, "codeVerifier")))) {
      error(exchange, 400, "InvalidGrantException", "invalid_grant");
      return;
    }
    issue(exchange, asked.clientId());
  }

  private void refreshedToken(HttpExchange exchange, String body) throws IOException {
    String client = refreshTokens.remove(member(body, "refreshToken"));
    if (client == null || !client.equals(member(body, "clientId"))) {
      error(exchange, 400, "InvalidGrantException", "invalid_grant");
      return;
    }
    issue(exchange, client);
  }

  private void deviceToken(HttpExchange exchange, String body) throws IOException {
    Device device = devices.get(member(body, "deviceCode"));
    if (device == null || !device.clientId.equals(member(body, "clientId"))) {
      error(exchange, 400, "InvalidGrantException", "invalid_grant");
    } else if (!clock.instant().isBefore(device.end)) {
      fail(exchange, Fault.EXPIRED);
    } else if (device.decision.equals("denied")) {
      fail(exchange, Fault.DENIED);
    } else if (device.decision.equals("pending")) {
      fail(exchange, Fault.PENDING);
    } else {
      devices.remove(member(body, "deviceCode"));
      issue(exchange, device.clientId);
    }
  }

  private void issue(HttpExchange exchange, String clientId) throws IOException {
    String access = issueToken(tokenLife);
    String refresh = "";
    Client client = clients.get(clientId);
    if (client != null && client.refresh()) {
      String token = secret("refresh");
      refreshTokens.put(token, clientId);
      refresh = ",\"refreshToken\":\"" + token + "\"";
    }
    json(
        exchange,
        "{\"accessToken\":\"%s\",\"tokenType\":\"Bearer\",\"expiresIn\":%d%s}"
            .formatted(access, tokenLife.toSeconds(), refresh));
  }

  private boolean authorized(HttpExchange exchange) {
    String token = exchange.getRequestHeaders().getFirst("x-amz-sso_bearer_token");
    return token != null && clock.instant().isBefore(accessTokens.getOrDefault(token, Instant.MIN));
  }

  private void role(HttpExchange exchange, Map<String, String> query) throws IOException {
    if (!authorized(exchange)) {
      error(exchange, 401, "UnauthorizedException", "Session token not found or invalid");
    } else if (!roles.contains(query.get("account_id") + "/" + query.get("role_name"))) {
      error(exchange, 403, "ForbiddenException", "No access");
    } else {
      int number = numbers.incrementAndGet();
      json(
          exchange,
          ("{\"roleCredentials\":{\"accessKeyId\":\"ASIASSO%d\",\"secretAccessKey\":\"%s\","
                  + "\"sessionToken\":\"%s\",\"expiration\":%d}}")
              .formatted(
                  number,
                  CANARY + "key-" + number,
                  CANARY + "session-" + number,
                  clock.instant().plus(Duration.ofHours(1)).toEpochMilli()));
    }
  }

  private void accounts(HttpExchange exchange, Map<String, String> query) throws IOException {
    list(
        exchange,
        query,
        "accountList",
        accounts.entrySet().stream()
            .map(account ->
                "{\"accountId\":\"%1$s\",\"accountName\":\"%2$s\",\"emailAddress\":\"%1$s@example.com\"}"
                    .formatted(account.getKey(), account.getValue()))
            .toList());
  }

  private void accountRoles(HttpExchange exchange, Map<String, String> query) throws IOException {
    String account = query.get("account_id");
    list(
        exchange,
        query,
        "roleList",
        roles.stream()
            .filter(role -> role.startsWith(account + "/"))
            .sorted()
            .map(role ->
                "{\"accountId\":\"%s\",\"roleName\":\"%s\"}"
                    .formatted(account, role.substring(role.indexOf('/') + 1)))
            .toList());
  }

  /** One part of a list, as many as were asked for. */
  private void list(HttpExchange exchange, Map<String, String> query, String name, List<String> all)
      throws IOException {
    if (!authorized(exchange)) {
      error(exchange, 401, "UnauthorizedException", "Session token not found or invalid");
      return;
    }
    int from = Integer.parseInt(query.getOrDefault("next_token", "at-0").substring(3));
    int to = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("max_result", "20")));
    String next = to < all.size() ? ",\"nextToken\":\"at-" + to + "\"" : "";
    json(
        exchange, "{\"%s\":[%s]%s}".formatted(name, String.join(",", all.subList(from, to)), next));
  }

  private void logout(HttpExchange exchange) throws IOException {
    if (!authorized(exchange)) {
      error(exchange, 401, "UnauthorizedException", "Session token not found or invalid");
      return;
    }
    accessTokens.remove(exchange.getRequestHeaders().getFirst("x-amz-sso_bearer_token"));
    exchange.sendResponseHeaders(200, -1);
  }

  private void fail(HttpExchange exchange, Fault fault) throws IOException {
    switch (fault) {
      case TROUBLE -> error(exchange, 500, "InternalServerException", "server_error");
      case TOO_MANY -> error(exchange, 429, "TooManyRequestsException", "too_many");
      case GARBAGE -> html(exchange, 200, "<b>please log in to the hotel");
      case EMPTY -> json(exchange, "{}");
      case PENDING ->
          error(exchange, 400, "AuthorizationPendingException", "authorization_pending");
      case SLOW_DOWN -> error(exchange, 400, "SlowDownException", "slow_down");
      case EXPIRED -> error(exchange, 400, "ExpiredTokenException", "expired_token");
      case DENIED -> error(exchange, 400, "AccessDeniedException", "access_denied");
      case INVALID_GRANT -> error(exchange, 400, "InvalidGrantException", "invalid_grant");
      case UNAUTHORIZED -> error(exchange, 401, "UnauthorizedException", "token");
      case INVALID_CLIENT -> error(exchange, 401, "InvalidClientException", "invalid_client");
    }
  }

  private static void error(HttpExchange exchange, int status, String type, String error)
      throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    send(
        exchange,
        status,
        "application/json",
        "{\"error\":\"%s\",\"error_description\":\"%s\",\"message\":\"%s\"}"
            .formatted(error, CANARY + "description", error));
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    send(exchange, 200, "application/json", text);
  }

  private static void html(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/html", "<!doctype html><p>" + text);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private String secret(String kind) {
    return CANARY + kind + "-" + numbers.incrementAndGet();
  }

  private static String member(String body, String name) {
    Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(body);
    return member.find() ? member.group(1) : "";
  }

  private static Map<String, String> query(String raw) {
    var query = new HashMap<String, String>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], UTF_8) : "");
    }
    return query;
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
