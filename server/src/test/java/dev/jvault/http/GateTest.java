package dev.jvault.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final String PATH = "/credentials/dev-terminal";
  private final AtomicInteger lookups = new AtomicInteger();
  private TestListenerConfig.FakeCaller caller = new TestListenerConfig.FakeCaller(true, false);
  private LoopbackServer server;

  @BeforeEach
  void start() {
    var route =
        new Route(
            "GET",
            "/credentials/",
            request -> HttpResponse.text(200, request.principal() + " at " + request.tail()));
    var handshake =
        new Route(
            "PUT",
            "/token",
            String::isEmpty,
            Route.Kind.HANDSHAKE,
            _ -> HttpResponse.text(200, "new"));
    server =
        LoopbackServer.start(
            0,
            TestListenerConfig.of(true, route, handshake),
            (client, here) -> {
              lookups.incrementAndGet();
              return caller;
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void letsAValidTokenPass() throws IOException {
    String answer = get(PATH, "Host: 127.0.0.1:" + server.port(), "Authorization: right");
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("dev at dev-terminal");
    assertThat(answer).contains("Cache-Control: no-store").doesNotContain("Server:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:9170",
        "localhost",
        "LOCALHOST:1",
        "127.0.0.2:80",
        "[::1]",
        "[::1]:9170",
        "169.254.170.2",
        "169.254.170.23",
        "[fd00:ec2::23]"
      })
  void acceptsEveryHostThatAnSdkSends(String host) throws IOException {
    assertThat(get(PATH, "Host: " + host, "Authorization: right")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "localhost.evil", "0",
        "127.1", "169.254.169.254", "[::2]", "127.0.0.1:port", "host.docker.internal"
      })
  @Attack("dns-rebinding")
  void refusesEveryOtherHost(String host) throws IOException {
    assertThat(get(PATH, "Host: " + host, "Authorization: right"))
        .matches(GateTest::refusedOrMalformed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null", "Referer: http://localhost/", "Sec-Fetch-Site: none",
        "sec-fetch-mode: cors", "X-Forwarded-For: 10.0.0.1", "Forwarded: for=10.0.0.1",
        "Via: 1.1 proxy", "Cookie: a=b"
      })
  @Attack({"browser-headers", "proxied-requests"})
  void refusesHeadersOfBrowsersAndProxies(String header) throws IOException {
    assertThat(get(PATH, "Host: localhost", "Authorization: right", header))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "Bearer right", "right,right"})
  @Attack("token")
  void refusesEveryOtherToken(String token) throws IOException {
    String answer = get(PATH, "Host: localhost", "Authorization: " + token);
    assertThat(answer).startsWith("HTTP/1.1 401").contains("\"Code\":\"Unauthorized\"");
  }

  @Test
  @Attack("token")
  void refusesARequestWithoutATokenOrWithTwo() throws IOException {
    assertThat(get(PATH, "Host: localhost")).startsWith("HTTP/1.1 401");
    assertThat(get(PATH, "Host: localhost", "Authorization: right", "Authorization: right"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  @Attack("uid-at-the-gate")
  void closesAConnectionOfAnotherUserWithoutReadingIt() throws IOException {
    caller = new TestListenerConfig.FakeCaller(false, false);
    try (var client = new RawClient(server.port())) {
      assertThatThrownBy(client::readAll)
          .as("the end of a connection on which nothing was sent")
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  @Attack("uid-at-the-gate")
  void refusesAnotherUserWhoIsRecognizedOnlyByTheFirstRequest() throws IOException {
    var other = new TestListenerConfig.FakeCaller(false, false);
    try (var late =
        LoopbackServer.start(
            0,
            TestListenerConfig.of(true, TestListenerConfig.ANYTHING),
            new TestListenerConfig.FakeCallers(other, false))) {
      assertThat(RawClient.exchange(late.port(), TestListenerConfig.HONEST_ONCE))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  @Attack("forwarders")
  void refusesAForwarderIfTheListenerNeedsNoToken() throws IOException {
    caller = new TestListenerConfig.FakeCaller(true, true);
    assertThat(get(PATH, "Host: localhost", "Authorization: right")).startsWith("HTTP/1.1 200");
    try (LoopbackServer.Listener other =
        server.listen(0, TestListenerConfig.of(false, TestListenerConfig.ANYTHING))) {
      assertThat(
              RawClient.exchange(
                  other.port(),
                  "GET /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void aHandshakeNeedsNoTokenAndItsBodyIsIgnored() throws IOException {
    String head = "PUT /token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    assertThat(RawClient.exchange(server.port(), head + "\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("new");
    assertThat(RawClient.exchange(server.port(), head + "Content-Length: 5\r\n\r\nhello"))
        .startsWith("HTTP/1.1 200")
        .endsWith("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
      })
  @Attack("constant-refusals")
  void refusesABodyOnEveryOtherRoute(String body) throws IOException {
    assertThat(
            RawClient.exchange(
                server.port(),
                "GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\n" + body))
        .startsWith("HTTP/1.1 413")
        .contains("Connection: close");
  }

  @Test
  void aListenerServesOnlyItsOwnRoutes() throws IOException {
    try (LoopbackServer.Listener other =
        server.listen(0, TestListenerConfig.of(true, TestListenerConfig.ANYTHING))) {
      String request =
          "GET "
              + PATH
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\nConnection: close\r\n\r\n";
      assertThat(RawClient.exchange(other.port(), request)).endsWith("anything");
      assertThat(RawClient.exchange(server.port(), request)).endsWith("dev at dev-terminal");
    }
  }

  @Test
  void aClosedListenerDoesNotAnswer() {
    LoopbackServer.Listener other =
        server.listen(0, TestListenerConfig.of(true, TestListenerConfig.ANYTHING));
    other.close();
    // The kernel keeps the listener until the accepting thread has returned.
    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> new RawClient(other.port()).close())
                .isInstanceOf(IOException.class));
    assertThatThrownBy(() ->
            server.listen(server.port(), TestListenerConfig.of(true, TestListenerConfig.ANYTHING)))
        .isInstanceOf(PortTakenException.class);
  }

  @Test
  void looksTheCallerUpOnceForEachConnection() throws IOException {
    try (var client = new RawClient(server.port())) {
      for (int request = 0; request < 3; request++) {
        client.send("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\n\r\n");
        assertThat(client.readAnswer()).startsWith("HTTP/1.1 200");
      }
    }
    assertThat(lookups).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
  @Attack("no-cors")
  void refusesEveryOtherMethodWithoutCorsHeaders(String method) throws IOException {
    String answer =
        RawClient.exchange(
            server.port(),
            method
                + " "
                + PATH
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: right\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("Access-Control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/credentials",
        "/credentials/",
        "/verbs/status",
        "/credentials/dev%2Dterminal",
        "/credentials//dev",
        "/credentials/../credentials/dev",
        "/credentials/./dev",
        "/%63redentials/x"
      })
  @Attack("no-cors")
  void refusesEveryOtherPath(String path) throws IOException {
    assertThat(get(path, "Host: localhost", "Authorization: right"))
        .matches(answer -> answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"))
        .doesNotContain("<html");
  }

  @Test
  void ignoresAQuery() throws IOException {
    assertThat(get(PATH + "?x=1&x=2", "Host: localhost", "Authorization: right"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /credentials/x HTTP/1.1\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  @Attack("constant-refusals")
  void answersMalformedBytesWithConstantJson(String request) throws IOException {
    String answer = RawClient.exchange(server.port(), request);
    assertThat(answer).contains("\"Code\":").doesNotContain("Jetty").doesNotContain("<html");
  }

  @Test
  void answersEveryRefusalInTheFormThatSdksShow() throws IOException {
    String answer = get(PATH, "Host: localhost");
    assertThat(answer).contains("Content-Type: application/json\r\n");
    assertThat(answer)
        .contains("\"Code\":\"Unauthorized\"", "\"code\":\"Unauthorized\"", "\"message\":\"The");
  }

  @Test
  @Attack("constant-refusals")
  void refusesHeadersOfMoreThanEightKibibytes() throws IOException {
    assertThat(get(PATH, "Host: localhost", "X-Long: " + "a".repeat(9_000)))
        .startsWith("HTTP/1.1 431")
        .contains("\"Code\":");
  }

  private String get(String path, String... headers) throws IOException {
    var lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
    lines.addAll(List.of(headers));
    lines.add("Connection: close");
    return RawClient.exchange(server.port(), String.join("\r\n", lines) + "\r\n\r\n");
  }

  private static boolean refusedOrMalformed(String answer) {
    return answer.startsWith("HTTP/1.1 403") || answer.startsWith("HTTP/1.1 400");
  }
}
