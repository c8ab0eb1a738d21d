package dev.jvault.http;

import static dev.jvault.http.TestListenerConfig.HONEST;
import static dev.jvault.http.TestListenerConfig.HONEST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import dev.jvault.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Bytes that no client sends. They never get a response of the route and never break the server; an
 * honest client is answered as before. Seeded, so that a failure can be reproduced.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileBytesTest {
  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 1_500;

  private LoopbackServer server;

  @BeforeAll
  void start() {
    server =
        LoopbackServer.start(
            0,
            TestListenerConfig.of(true, TestListenerConfig.ANYTHING),
            (_, _) -> new TestListenerConfig.FakeCaller(true, false));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  @Attack("constant-refusals")
  void aRequestWithOneByteChangedIsAnsweredOrRefusedInConstantText() throws IOException {
    var random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] request = HONEST_ONCE.getBytes(StandardCharsets.ISO_8859_1);
      request[random.nextInt(request.length)] = (byte) random.nextInt(256);
      answeredOrRefused(request);
    }
    honest();
  }

  @Test
  @Attack("constant-refusals")
  void aRequestOfRandomPartsIsAnsweredOrRefusedInConstantText() throws IOException {
    var random = new Random(SEED + 1);
    String[] parts = {
      "GET ",
      "PUT ",
      "/",
      "/x",
      "..",
      "%2e",
      "%00",
      "?",
      "#",
      "*",
      "http://evil/",
      " HTTP/1.1",
      " HTTP/1.0",
      " HTTP/2.0",
      "\r\n",
      "\n",
      "\r",
      "Host: localhost",
      "Host: evil",
      "Host:",
      "Authorization: right",
      "Authorization: wrong",
      "Transfer-Encoding: chunked",
      "Content-Length: 3",
      "Content-Length: -1",
      "Expect: 100-continue",
      ":",
      " ",
      "\t",
      "\0",
      "\u00ff",
      "a".repeat(3_000),
      "Connection: Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    };
    for (int round = 0; round < ROUNDS; round++) {
      var request = new StringBuilder();
      for (int part = random.nextInt(12); part >= 0; part--) {
        request.append(parts[random.nextInt(parts.length)]);
      }
      answeredOrRefused(
          request.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
    honest();
  }

  @Test
  @Attack("constant-refusals")
  void randomBytesAreRefused() throws IOException {
    var random = new Random(SEED + 2);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      assertThat(exchange(bytes)).doesNotContain("anything");
    }
    honest();
  }

  @Test
  void aRequestIsAnsweredHoweverItIsSplit() throws IOException {
    byte[] request = HONEST_ONCE.getBytes(StandardCharsets.ISO_8859_1);
    for (int split = 1; split < request.length; split++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(request, 0, split);
        socket.getOutputStream().flush();
        Thread.onSpinWait();
        socket.getOutputStream().write(request, split, request.length - split);
        assertThat(text(socket)).startsWith("HTTP/1.1 200").endsWith("anything");
      }
    }
  }

  @Test
  void requestsInOnePacketAreAnsweredInTurn() throws IOException {
    String answers =
        new String(
            exchange((HONEST.repeat(50) + HONEST_ONCE).getBytes(StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1),
            StandardCharsets.ISO_8859_1);
    assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(52);
  }

  @Test
  @Attack("constant-refusals")
  void aRequestHiddenInABodyIsNotAnswered() throws IOException {
    for (String smuggled :
        new String[] {
          "GET /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: wrong\r\nContent-Length: "
              + HONEST.length()
              + "\r\n\r\n"
              + HONEST,
          "GET /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              + HONEST,
          "GET /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n"
              + HONEST
        }) {
      assertThat(exchange(smuggled.getBytes(StandardCharsets.ISO_8859_1)))
          .doesNotContain("anything");
    }
    honest();
  }

  @Test
  @Attack("constant-refusals")
  void floodsOfHeadersAreRefusedAndNotLogged() throws IOException {
    String log =
        loggedDuring(() -> {
          for (int flood = 0; flood < 50; flood++) {
            String request =
                "GET /x HTTP/1.1\r\nHost: localhost\r\n" + "X-Canary: c\r\n".repeat(20_000);
            assertThat(exchange(request.getBytes(StandardCharsets.ISO_8859_1)))
                .doesNotContain("anything");
          }
        });
    assertThat(log).doesNotContain("Canary");
    honest();
  }

  @Test
  @Attack("log")
  void malformedRequestsAreCountedAndNothingOfThemIsLogged() throws IOException {
    String canary = "canary\u0085\u009b2J".repeat(500);
    List<String> malformed =
        List.of(
            "GET /x HTTP/1.1\r\nHost: " + canary + "\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: canary\u001b[2J\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: [" + canary + "\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: [" + canary + "]:x\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: canary:99999999\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: canary\r\nHost: " + canary + "\r\n\r\n",
            "GET http://" + canary + ":x/ HTTP/1.1\r\n\r\n",
            "GET /%canary%zz%c0%af?%canary HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "CANARY\0 /canary HTTP/1.1\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: localhost\r\ncanary\0: x\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: localhost\r\nCookie: canary=\0\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: canary\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: canary\r\n\r\n",
            "GET /x HTTP/canary\r\nHost: localhost\r\n\r\n");
    long before = server.malformed();

    String log =
        loggedDuring(() -> {
          for (int flood = 0; flood < 60; flood++) {
            for (String request : malformed) {
              String answer = exchange(request.getBytes(StandardCharsets.ISO_8859_1));
              assertThat(answer).doesNotContain("anything", "anary");
            }
          }
        });

    assertThat(log).doesNotContainIgnoringCase("canary").hasSizeLessThan(500);
    assertThat(server.malformed() - before).isGreaterThan(300);
    honest();
  }

  /** What is logged while a task runs, by us and by the libraries. */
  private static String loggedDuring(Flood flood) throws IOException {
    var log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      flood.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Sends bytes. */
  private interface Flood {
    void run() throws IOException;
  }

  private void answeredOrRefused(byte[] request) throws IOException {
    String answer = exchange(request);
    String sent = new String(request, StandardCharsets.ISO_8859_1);
    if (answer.startsWith("HTTP/1.1 200")) {
      assertThat(sent).contains("right").containsIgnoringCase("GET");
    } else if (!answer.isEmpty()) {
      assertThat(answer).as(sent).matches("(?s)HTTP/1\\.[01] [45]\\d\\d.*");
      assertThat(answer).as(sent).doesNotContain("Jetty", "<html", "Exception", "\tat ");
    }
  }

  private void honest() throws IOException {
    assertThat(RawClient.exchange(server.port(), HONEST_ONCE))
        .startsWith("HTTP/1.1 200")
        .endsWith("anything");
  }

  /** Sends bytes, closes the output, and reads the response. */
  private String exchange(byte[] bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout((int) Patience.LIMIT.toMillis());
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
      } catch (IOException _) {
        // The server may close before it has read everything.
      }
      return text(socket);
    }
  }

  private static String text(Socket socket) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (java.net.SocketException _) {
      // A reset: the server refused before it had read everything.
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
