package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What SDKs need of the addresses of ECS and EKS, by the numbers of the checklist. The requests
 * arrive as if {@code jvault link-local} had redirected them to the endpoint's port.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LinkLocalEndpointTest {
  private RunningJvault jvault;
  private String ecsPath;
  private String token;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    jvault = RunningJvault.withKeys(home);
    ParsedLaunchPlan ecs = jvault.exec("audit", "ecs=true");
    ecsPath = ecs.value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").orElseThrow();
    token = Files.readString(tokenFile(ecs));
  }

  @AfterAll
  void stop() {
    jvault.close();
  }

  @Test
  @DisplayName("40. the relative URI's path with its token gets credentials at ECS's address")
  void theRelativeUri() throws IOException {
    SdkResponse response = get(ecsPath, "169.254.170.2", "Authorization: " + token);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).contains("application/json");
    assertThat(response.credentials()).isTrue();
    assertThat(jvault.exec("audit", "ecs=true").unset())
        .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  }

  @Test
  @DisplayName("41. the relative URI without a token gets 401 JSON, always")
  @Attack("link-local-tokens")
  void theRelativeUriWithoutAToken() throws IOException {
    SdkResponse response = get(ecsPath, "169.254.170.2");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.member("Code"))
        .isEqualTo(response.member("code"))
        .isEqualTo("Unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.170.23", "169.254.170.23:80", "[fd00:ec2::23]"})
  @DisplayName("42. EKS's path with the file's token gets credentials with the account")
  void thePathOfEks(String host) throws IOException {
    ParsedLaunchPlan plan = jvault.exec("audit", "eks=true");
    assertThat(plan.value("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
        .contains("http://169.254.170.23/v1/credentials");
    SdkResponse response =
        get("/v1/credentials", host, "Authorization: " + Files.readString(tokenFile(plan)));
    assertThat(response.credentials()).isTrue();
    assertThat(response.member("AccountId")).isEqualTo("210987654321");
  }

  @Test
  @DisplayName("43. EKS's path without a token gets 401 JSON")
  @Attack("link-local-tokens")
  void thePathOfEksWithoutAToken() throws IOException {
    SdkResponse response = get("/v1/credentials", "169.254.170.23");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.member("Code")).isEqualTo("Unauthorized");
    assertThat(get("/v1/credentials/", "169.254.170.23", "Authorization: " + token).status())
        .isEqualTo(404);
  }

  private SdkResponse get(String path, String host, String... headers) throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return SdkResponse.of(
        RawClient.exchange(
            jvault.port(),
            "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(path, host, lines)));
  }

  private static Path tokenFile(ParsedLaunchPlan plan) {
    return Path.of(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").orElseThrow());
  }
}
