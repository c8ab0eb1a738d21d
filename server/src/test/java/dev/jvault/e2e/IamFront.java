package dev.jvault.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy in front of moto that tells each moment of a call, and drops the call on demand. */
final class IamFront implements AutoCloseable {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");
  private static final Pattern ID = Pattern.compile("<AccessKeyId>(\\w+)</AccessKeyId>");
  private static final String ANY_KEY =
      "AWS4-HMAC-SHA256 Credential=AKIAADMINOFTHETESTXX/20260101/us-east-1/iam/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final URI behind;
  private final Predicate<String> drops;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile String madeId = "none yet";

  /**
   * A proxy.
   *
   * @param drops gets {@code before ACTION} and {@code after ACTION}, and says whether the caller
   *     gets no answer; a GetCallerIdentity of a new key is a {@code Trial}
   */
  IamFront(URI behind, Predicate<String> drops) throws IOException {
    this.behind = behind;
    this.drops = drops;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Asks moto directly, as an administrator. */
  String ask(String body) {
    try {
      return send(body + "&Version=2010-05-08", ANY_KEY).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      String action = action(body, authorization);
      if (drops.test("before " + action)) {
        return;
      }
      HttpResponse<String> answer = send(body, authorization);
      remember(action, answer.body());
      if (drops.test("after " + action)) {
        return;
      }
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(answer.statusCode(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String action(String body, String authorization) {
    Matcher found = ACTION.matcher(body);
    String action = found.find() ? found.group(1) : "?";
    return action.equals("GetCallerIdentity") && authorization.contains(madeId) ? "Trial" : action;
  }

  private void remember(String action, String answer) {
    Matcher found = ID.matcher(answer);
    if (action.equals("CreateAccessKey") && found.find()) {
      madeId = found.group(1);
    } else if (action.equals("DeleteAccessKey")) {
      madeId = "none yet";
    }
  }

  private HttpResponse<String> send(String body, String authorization) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(behind)
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
