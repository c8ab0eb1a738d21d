package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.http.RawClient;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit records of credentials that SDKs get. */
final class CredentialResponderTest {
  @TempDir Path home;
  private EndpointFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new EndpointFixture(home);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void recordsTheProgramThatGotCredentials() throws IOException {
    SdkResponse response = fixture.client("audit").get();
    assertThat(entry("\"grant\":\"audit-terminal\""))
        .contains("\"profile\":\"audit\"", "\"way\":\"container\"")
        .contains("\"pid\":" + ProcessHandle.current().pid())
        .contains("java")
        .contains("\"accessKeyId\":\"" + response.member("AccessKeyId") + "\"")
        .contains("\"expiration\":\"" + response.member("Expiration") + "\"")
        .doesNotContain(response.member("SecretAccessKey"), response.member("Token"));
  }

  @Test
  void recordsTheDeliveryMethod() throws IOException {
    SdkClient client = fixture.client("dev");
    ask(client.path(), "169.254.170.2", client.token());
    ask("/v1/credentials", "169.254.170.23", client.token());
    String role = "arn:aws:iam::123456789012:role/team/reader";
    SdkClient bound = fixture.client("dev", role);
    ask(bound.path(), "127.0.0.1", bound.token());
    assertThat(entry("\"way\":\"ecs\"")).contains("dev-terminal");
    assertThat(entry("\"way\":\"eks\"")).contains("dev-terminal");
    assertThat(entry("\"way\":\"role-arn\"")).contains("\"role\":\"" + role + "\"");
  }

  @Test
  void recordsNoRefusalOfAWrongToken() throws IOException {
    SdkClient client = fixture.client("dev");
    assertThat(client.send("GET", client.path(), client.host(), "Authorization: another").status())
        .isEqualTo(401);
    assertThat(client.get().status()).isEqualTo(200);
    assertThat(entry("dev-terminal")).isNotEmpty();
    assertThat(Files.readAllLines(fixture.audit())).hasSize(1);
  }

  private void ask(String path, String host, String token) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
            .formatted(path, host, token);
    SdkResponse response = SdkResponse.of(RawClient.exchange(fixture.port(), request));
    assertThat(response.credentials()).as(URI.create(path).toString()).isTrue();
  }

  /** The audit entry with this text. It may come after the response, once the program is found. */
  private String entry(String text) {
    return await()
        .until(
            () ->
                Files.exists(fixture.audit())
                    ? Files.readAllLines(fixture.audit()).stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElse("")
                    : "",
            line -> !line.isEmpty());
  }
}
