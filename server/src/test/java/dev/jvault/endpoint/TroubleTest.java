package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.Attack;
import dev.jvault.testing.SdkResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SDKs need of the container endpoint, by the numbers of the checklist: trouble. */
final class TroubleTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  @DisplayName("15. if an MFA code is needed, the response says so at once, in both spellings")
  void anMfaCodeIsNeeded() throws IOException {
    SdkClient client = new SdkClient(jvault.exec("mfa-role", "mfa-token=123456"));
    assertThat(client.get().credentials()).isTrue();
    RunningJvault.succeeded(jvault.caller().call("clear"));
    SdkResponse response = client.get();
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.member("Message")).contains("MFA code").contains("jvault unlock mfa-role");
    assertThat(response.member("message")).isEqualTo(response.member("Message"));
    assertThat(response.member("code"))
        .isEqualTo(response.member("Code"))
        .isEqualTo("PersonNeeded");
  }

  @Test
  @DisplayName("16. no answer from STS gets 503, which SDKs retry")
  void noAnswerFromSts() throws IOException {
    SdkClient client = SdkClient.of(jvault, "deploy");
    RunningJvault.succeeded(jvault.caller().call("clear"));
    jvault.sts().close();
    SdkResponse response = client.get();
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.member("Code")).isEqualTo("Unavailable").isEqualTo(response.member("code"));
  }

  @Test
  @DisplayName("16. a key that AWS does not know gets 403, which SDKs do not retry")
  void aKeyThatAwsDoesNotKnow() throws IOException {
    SdkClient client = SdkClient.of(jvault, "dev");
    jvault.addKey(jvault.caller(), "dev", "AKIAUNKNOWNTOAWS0000");
    jvault.clock().advance(Duration.ofSeconds(40));
    SdkResponse response = client.get();
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.member("Message")).isEqualTo(response.member("message")).isNotEmpty();
  }

  @Test
  @DisplayName("16. a broken profile gets 400, which SDKs do not retry")
  void aBrokenProfile() throws IOException {
    SdkClient client = SdkClient.of(jvault, "deploy");
    jvault.config("[profile deploy]\nsource_profile = deploy2\nrole_arn = arn:aws:iam::1:role/x\n");
    SdkResponse response = client.get();
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.member("Message")).contains("deploy2");
  }

  @ParameterizedTest
  @CsvSource({"400, Throttling", "503, ServiceUnavailable", "500, InternalFailure"})
  @DisplayName("18. throttling and faults of AWS get 503, never 429")
  void throttlingIsNeverPassedOn(int status, String code) throws IOException {
    SdkClient client = SdkClient.of(jvault, "dev");
    HttpServer sts = refusing(status, code);
    try {
      jvault.config(
          RunningJvault.profiles(URI.create("http://127.0.0.1:" + sts.getAddress().getPort())));
      assertThat(client.get().status()).isEqualTo(503);
    } finally {
      sts.stop(0);
    }
  }

  @Test
  @DisplayName("21. sessions have at least 20 minutes left, if they are long enough")
  void servedSessionsHave20MinutesLeft() throws IOException {
    SdkClient client = SdkClient.of(jvault, "deploy");
    String first = client.get().member("AccessKeyId");
    jvault.clock().advance(Duration.ofMinutes(41));
    SdkResponse response = client.get();
    assertThat(response.member("AccessKeyId")).isNotEqualTo(first);
    assertThat(response.expiration())
        .isAfter(jvault.clock().instant().plus(Duration.ofMinutes(20)));
  }

  @Test
  @DisplayName("22. while STS is unreachable, a session is served until it expires")
  void aSessionIsServedUntilItExpires() throws IOException {
    SdkClient client = SdkClient.of(jvault, "deploy");
    String first = client.get().member("AccessKeyId");
    jvault.sts().close();
    jvault.clock().advance(Duration.ofMinutes(59));
    SdkResponse response = client.get();
    assertThat(response.credentials()).isTrue();
    assertThat(response.member("AccessKeyId")).isEqualTo(first);
    assertThat(response.expiration()).isAfter(jvault.clock().instant());
  }

  @Test
  @DisplayName("23. an expired session is never served: 503 while STS is unreachable")
  @Attack("never-stale")
  void anExpiredSessionIsNeverServed() throws IOException {
    SdkClient client = SdkClient.of(jvault, "deploy");
    assertThat(client.get().credentials()).isTrue();
    jvault.sts().close();
    jvault.clock().advance(Duration.ofMinutes(60));
    for (int request = 0; request < 3; request++) {
      SdkResponse response = client.get();
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.body()).doesNotContain("SecretAccessKey");
    }
  }

  @Test
  @DisplayName(
      "25. a client that hangs up after its response, or before it, leaves no error in the log")
  void aClientThatHangsUp() throws IOException {
    SdkClient client = SdkClient.of(jvault, "dev");
    var log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      for (int request = 0; request < 20; request++) {
        hangUp(client, request % 2 == 0);
      }
      assertThat(client.get().credentials()).isTrue();
      jvault.restart();
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("event=stopped")
        .doesNotContain("WARN", "ERROR", "Exception");
  }

  /** Closes the connection with a reset, with or without waiting for the response. */
  private void hangUp(SdkClient client, boolean waitForAnswer) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), jvault.port())) {
      socket.setSoLinger(true, 0);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\n%s\r\n%s\r\n\r\n"
                  .formatted(client.path(), client.host(), client.authorization())
                  .getBytes(StandardCharsets.US_ASCII));
      if (waitForAnswer) {
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
    }
  }

  private static HttpServer refusing(int status, String code) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] xml =
        ("<ErrorResponse><Error><Type>Sender</Type><Code>"
                + code
                + "</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>")
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(status, xml.length);
            exchange.getResponseBody().write(xml);
          }
        });
    server.start();
    return server;
  }
}
