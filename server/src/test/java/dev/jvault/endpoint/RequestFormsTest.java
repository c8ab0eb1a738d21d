package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.http.RawClient;
import dev.jvault.testing.Attack;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SDKs need of the container endpoint, by the numbers of the checklist: requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestFormsTest {
  private EndpointFixture fixture;
  private SdkClient client;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    fixture = new EndpointFixture(home);
    client = fixture.client("dev");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  @DisplayName("17. the type of every error is exactly application/json, without a charset")
  void theTypeOfErrors() throws IOException {
    for (SdkResponse error :
        new SdkResponse[] {
          client.send("GET", client.path(), client.host()),
          client.send("GET", "/nothing", client.host(), client.authorization()),
          client.send("GET", client.path() + "x", client.host(), client.authorization()),
          client.send("POST", client.path(), client.host(), client.authorization()),
          client.with("Origin: null")
        }) {
      assertThat(error.status()).isBetween(400, 499);
      assertThat(error.header("Content-Type")).contains("application/json");
      assertThat(error.names()).contains("Code", "Message", "code", "message");
    }
  }

  @Test
  @DisplayName("24. a second request on the same connection is answered")
  void aSecondRequestOnTheSameConnection() throws IOException {
    try (var connection = new RawClient(fixture.port())) {
      for (int request = 0; request < 3; request++) {
        connection.send(keptAlive());
        assertThat(SdkResponse.of(connection.readAnswer()).credentials()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "*/*",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "text/plain"
      })
  @DisplayName("26. with any Accept header, or none, the response is the same JSON")
  void whateverAcceptSays(String accept) throws IOException {
    SdkResponse response = client.with("Accept: " + accept);
    assertThat(response.header("Content-Type")).contains("application/json");
    assertThat(response.body()).isEqualTo(client.get().body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3", "br"})
  @DisplayName("27. the body is never compressed, whatever Accept-Encoding says")
  void theBodyIsNeverCompressed(String encoding) throws IOException {
    SdkResponse response = client.with("Accept-Encoding: " + encoding);
    assertThat(response.header("Content-Encoding")).isEmpty();
    assertThat(response.credentials()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User-Agent: aws-sdk-go-v2/1.2.3 os/linux lang/go",
        "User-Agent:",
        "Amz-Sdk-Request: attempt=1; max=3",
        "Amz-Sdk-Invocation-Id: 2f8c7d5e",
        "Upgrade-Insecure-Requests: 0",
        "Content-Length: 0"
      })
  @DisplayName("28., 29. no User-Agent is needed, and other headers of SDKs are ignored")
  void otherHeaders(String header) throws IOException {
    assertThat(client.with(header).credentials()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:PORT",
        "localhost",
        "localhost:PORT",
        "[::1]:PORT",
        "127.0.0.2:PORT",
        "169.254.170.2",
        "169.254.170.23",
        "[fd00:ec2::23]"
      })
  @DisplayName("30. every Host that a client of this endpoint sends is accepted")
  void everyHostOfAClient(String host) throws IOException {
    assertThat(asHost(host).credentials()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "localhost.evil.example",
        "169.254.169.254",
        "10.0.0.1"
      })
  @DisplayName("30. every other Host gets 403")
  @Attack("dns-rebinding")
  void everyOtherHost(String host) throws IOException {
    assertThat(asHost(host).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://localhost",
        "Referer: http://127.0.0.1/",
        "Sec-Fetch-Mode: no-cors",
        "Sec-Fetch-Site: same-origin",
        "X-Forwarded-For: 127.0.0.1"
      })
  @DisplayName("31. headers that only browsers and proxies send get 403")
  @Attack("browser-headers")
  void whatBrowsersSend(String header) throws IOException {
    SdkResponse response = client.with(header);
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).doesNotContain("AccessKeyId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "OPTIONS", "PUT", "DELETE"})
  @DisplayName("32. every method but GET gets 405, and no CORS headers")
  @Attack("no-cors")
  void everyOtherMethod(String method) throws IOException {
    SdkResponse response =
        client.send(
            method, client.path(), client.host(), client.authorization(), "Content-Length: 0");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.head()).doesNotContain("Access-Control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/credentials/dev%2Dterminal",
        "/credentials/dev-terminal%2F",
        "/credentials%2Fdev-terminal",
        "/credentials/dev-terminal/",
        "/credentials/DEV-terminal",
        "/credentials/dev-termina",
        "/credentials//dev-terminal",
        "/Credentials/dev-terminal",
        "/credentials/deploy-terminal",
        "/dev-terminal",
        "/"
      })
  @DisplayName("33. only the exact path answers; any other gets 404 JSON")
  void onlyTheExactPath(String path) throws IOException {
    assertThat(client.path()).isEqualTo("/credentials/dev-terminal");
    SdkResponse response = client.send("GET", path, client.host(), client.authorization());
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.names()).contains("Code", "code");
  }

  @Test
  @DisplayName("34. a query changes nothing")
  void aQueryChangesNothing() throws IOException {
    SdkResponse response =
        client.send("GET", client.path() + "?x=1&y", client.host(), client.authorization());
    assertThat(response.body()).isEqualTo(client.get().body());
  }

  private SdkResponse asHost(String host) throws IOException {
    String value = host.replace("PORT", Integer.toString(fixture.port()));
    return client.send("GET", client.path(), "Host: " + value, client.authorization());
  }

  private String keptAlive() throws IOException {
    return "GET %s HTTP/1.1\r\n%s\r\n%s\r\n\r\n"
        .formatted(client.path(), client.host(), client.authorization());
  }
}
