package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken down of what SDKs are given. */
final class CredentialResponderTest {
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
  void aHandOutIsTakenDownWithTheProgramThatAsked() throws IOException {
    SdkResponse answer = SdkClient.of(jvault, "audit").get();
    assertThat(entry("\"grant\":\"audit-terminal\""))
        .contains("\"profile\":\"audit\"", "\"way\":\"container\"")
        .contains("\"pid\":" + ProcessHandle.current().pid())
        .contains("java")
        .contains("\"accessKeyId\":\"" + answer.member("AccessKeyId") + "\"")
        .contains("\"expiration\":\"" + answer.member("Expiration") + "\"")
        .doesNotContain(answer.member("SecretAccessKey"), answer.member("Token"));
  }

  @Test
  void eachWayIsTold() throws IOException {
    ParsedLaunchPlan plan = jvault.exec("dev", "ecs=true");
    String token = Files.readString(tokenFile(plan));
    ask(plan.value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").orElseThrow(), "169.254.170.2", token);
    ask("/v1/credentials", "169.254.170.23", token);
    String role = "arn:aws:iam::123456789012:role/team/reader";
    ParsedLaunchPlan bound =
        jvault.exec("dev", "allow-role=" + role, "caller.pid=" + ProcessHandle.current().pid());
    ask("/role-arn/" + role, "127.0.0.1", Files.readString(tokenFile(bound)));
    assertThat(entry("\"way\":\"ecs\"")).contains("dev-terminal");
    assertThat(entry("\"way\":\"eks\"")).contains("dev-terminal");
    assertThat(entry("\"way\":\"role-arn\"")).contains("\"role\":\"" + role + "\"");
  }

  @Test
  void aRefusalIsNoHandOut() throws IOException {
    SdkClient client = SdkClient.of(jvault, "dev");
    assertThat(client.send("GET", client.path(), client.host()).status()).isEqualTo(401);
    assertThat(client.get().status()).isEqualTo(200);
    assertThat(entry("dev-terminal")).isNotEmpty();
    assertThat(Files.readAllLines(jvault.files().audit())).hasSize(1);
  }

  private void ask(String path, String host, String token) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
            .formatted(path, host, token);
    SdkResponse answer = SdkResponse.of(RawClient.exchange(jvault.port(), request));
    assertThat(answer.credentials()).as(URI.create(path).toString()).isTrue();
  }

  /** The line of the audit with this text; the program is looked for beside the answer. */
  private String entry(String text) {
    return await()
        .until(
            () ->
                Files.exists(jvault.files().audit())
                    ? Files.readAllLines(jvault.files().audit()).stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElse("")
                    : "",
            line -> !line.isEmpty());
  }

  private static Path tokenFile(ParsedLaunchPlan plan) {
    return Path.of(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").orElseThrow());
  }
}
