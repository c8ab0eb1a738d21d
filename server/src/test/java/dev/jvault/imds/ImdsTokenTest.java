package dev.jvault.imds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.endpoint.EndpointFixture;
import dev.jvault.testing.Attack;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SDKs need of instance metadata, by the numbers of the checklist: session tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImdsTokenTest {
  private static final String INSTANCE = "/latest/meta-data/instance-id";

  private EndpointFixture fixture;
  private ImdsClient client;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    fixture = new EndpointFixture(home);
    client = ImdsClient.of(fixture, "dev");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60, 21_600})
  @DisplayName("44. a PUT with no length and no body gets a token as plain text")
  void aPutWithoutALength(int seconds) throws IOException {
    SdkResponse response = client.put(ImdsClient.ttl(seconds));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).contains("text/plain");
    assertThat(response.body()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0",
        "Content-Length: 0\r\nContent-Type: application/x-www-form-urlencoded",
        "Content-Type: application/x-www-form-urlencoded"
      })
  @DisplayName("45. a PUT with an empty body of any type gets a token")
  void aPutWithAnEmptyBody(String headers) throws IOException {
    SdkResponse response = client.put(ImdsClient.ttl(21_600), headers);
    assertThat(response.status()).isEqualTo(200);
    assertThat(client.get(INSTANCE, response.body()).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("46. the response to a PUT carries the granted lifetime of the token")
  void theGrantedLifetime() throws IOException {
    assertThat(client.put(ImdsClient.ttl(300)).header(ImdsEndpoint.TTL)).contains("300");
    assertThat(client.put("X-AWS-EC2-Metadata-Token-TTL-Seconds: 21600").header(ImdsEndpoint.TTL))
        .contains("21600");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 300, 21_600})
  @DisplayName("47. a token is valid for as long as was granted")
  void aTokenLivesAsLongAsWasGranted(int seconds) throws IOException {
    String token = client.token(seconds);
    // Half a minute of tolerance for a slow machine; SessionTokensTest checks the second.
    fixture.clock().advance(Duration.ofSeconds(seconds - 30));
    SdkResponse last = client.get(INSTANCE, token);
    assertThat(last.status()).isEqualTo(200);
    assertThat(Integer.parseInt(last.header(ImdsEndpoint.TTL).orElseThrow())).isBetween(1, 30);
    fixture.clock().advance(Duration.ofSeconds(30));
    assertThat(client.get(INSTANCE, token).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "21601", "-1", "", " ", "1.5", "1e3", "0x10", "ten", "99999999999", "+5"})
  @DisplayName("48. a lifetime that is not a number from 1 to 21600 gets 400")
  void anInvalidLifetime(String ttl) throws IOException {
    SdkResponse response = client.put("x-aws-ec2-metadata-token-ttl-seconds: " + ttl);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.header("Content-Type")).contains("text/html");
    assertThat(response.body()).contains("<h1>400 - Bad Request</h1>");
  }

  @Test
  @DisplayName("48. a PUT without a lifetime gets 400")
  void aPutWithoutALifetime() throws IOException {
    assertThat(client.put().status()).isEqualTo(400);
  }

  @Test
  @DisplayName("49. a PUT with X-Forwarded-For gets 403")
  @Attack("proxied-requests")
  void aForwardedPut() throws IOException {
    SdkResponse response = client.put(ImdsClient.ttl(60), "X-Forwarded-For: 10.0.0.1");
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).contains("403 - Forbidden");
  }

  @Test
  @DisplayName("50. a token is visible ASCII of 56 characters, and no two are alike")
  void aTokenIsVisibleAscii() throws IOException {
    var tokens = new HashSet<String>();
    for (int request = 0; request < 20; request++) {
      String token = client.token();
      assertThat(token).matches("[\\x21-\\x7e]{56}");
      assertThat(tokens.add(token)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-aws-ec2-metadata-token",
        "X-aws-ec2-metadata-token",
        "X-Aws-Ec2-Metadata-Token",
        "X-AWS-EC2-METADATA-TOKEN"
      })
  @DisplayName("51. the token's header name may be in any case")
  void theHeaderInAnyCase(String name) throws IOException {
    SdkResponse response =
        client.send("GET", INSTANCE, client.host(), name + ": " + client.token());
    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  @DisplayName("52. with IMDSv1 off, a GET without a token gets 401")
  @Attack("imds-tokens")
  void withoutAToken() throws IOException {
    SdkResponse response = client.send("GET", INSTANCE, client.host());
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.header("Content-Type")).contains("text/html");
    assertThat(response.header("Server")).contains("EC2ws");
    assertThat(client.send("GET", "/nothing", client.host()).body()).isEqualTo(response.body());
  }

  @Test
  @DisplayName("53. an unknown, an altered, another listener's or an expired token gets 401")
  @Attack("imds-tokens")
  void anUnknownToken() throws IOException {
    String token = client.token();
    String altered = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
    assertThat(client.get(INSTANCE, altered).status()).isEqualTo(401);
    assertThat(client.get(INSTANCE, token.substring(1)).status()).isEqualTo(401);
    assertThat(client.get(INSTANCE, token + "=").status()).isEqualTo(401);
    assertThat(client.get(INSTANCE, "x".repeat(56)).status()).isEqualTo(401);
    assertThat(client.get(INSTANCE, ImdsClient.of(fixture, "deploy").token()).status())
        .isEqualTo(401);
    fixture.clock().advance(Duration.ofHours(6));
    assertThat(client.get(INSTANCE, token).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("54. a token stays valid over a restart of the daemon, on the same port")
  void aTokenSurvivesARestart() throws IOException {
    String token = client.token();
    fixture.restart();
    assertThat(client.get(INSTANCE, token).status()).isEqualTo(200);
  }
}
