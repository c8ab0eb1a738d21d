package dev.jvault.aws;

import static dev.jvault.aws.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.ClockSkew;
import dev.jvault.credential.Outcome;
import dev.jvault.secret.Secret;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.testing.Attack;
import dev.jvault.testing.OneClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses loopback servers; never sends a request to real metadata. */
final class SdkAmbientTest {
  /** The SDK goes by the system's clock. */
  private final Instant end =
      InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(6));

  @TempDir Path folder;

  /** The build sets this property for all tests. */
  @BeforeAll
  static void assertThatNoTestReachesRealMetadata() {
    assertThat(System.getProperty("aws.ec2MetadataServiceEndpoint"))
        .startsWith("http://127.0.0.1:");
  }

  @Test
  void obtainsTheContainersRoleWithTheTokenFile() throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "canary-authorization");
    try (var server = new ScriptedServer((_, _) -> answer(200, document(end)))) {
      Outcome outcome =
          container(
              Map.of(
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                  server.uri() + "/v1/credentials",
                  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                  token.toString()));
      SessionCredentials session = SdkStsTest.issued(outcome);
      assertThat(session.accessKeyId()).isEqualTo("ASIAPLACE");
      assertThat(session.secretAccessKey()).isEqualTo(Secret.of("canary-secret"));
      assertThat(session.token()).isEqualTo(Secret.of("canary-token"));
      assertThat(session.expiration()).isEqualTo(end);
      assertThat(server.requests().getFirst().start()).startsWith("GET /v1/credentials ");
      assertThat(server.requests().getFirst().header("authorization"))
          .isEqualTo("canary-authorization");
    }
  }

  @Test
  void asksTheContainerEachTime() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, document(end)));
        var ambient = ambient(uri(server))) {
      assertThat(ambient.ecsContainer("p")).isInstanceOf(Outcome.Issued.class);
      assertThat(ambient.ecsContainer("p")).isInstanceOf(Outcome.Issued.class);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary no JSON", "{}", "{\"AccessKeyId\":\"canary\"}"})
  @Attack("wrong-answers")
  void explainsAWrongAnswerOfTheContainer(String wrong) throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, wrong))) {
      assertThat(sentence(container(uri(server))))
          .isEqualTo(
              "Profile p takes the role of the container that jvault runs in, but the container's"
                  + " endpoint gives none; check that the task or pod has a role.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 2147483648"})
  @Attack("wrong-answers")
  void anAnswerWithoutEndTakesNoMemory(String header) throws IOException {
    for (int status : new int[] {200, 403}) {
      try (var server = new EndlessServer(status, header)) {
        String uri = server.uri().toString();
        assertThat(sentence(container(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri + "/x"))))
            .contains("gives none");
        assertThat(sentence(instance(server.uri()))).contains("gives none");
        assertThat(server.connections()).isPositive();
        assertThat(server.sent() / server.connections()).isLessThan(16 << 20);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"Token,a\\ntoken", "AccessKeyId,a\\u0000id", "Expiration,9999-12-31T23:59:59Z"})
  @Attack("wrong-answers")
  void doesNotIssueAPartThatAwsNeverIssues(String part, String value) throws IOException {
    String wrong =
        document(end)
            .replaceAll(
                "\"%s\":\"[^\"]*\"".formatted(part),
                Matcher.quoteReplacement("\"%s\":\"%s\"".formatted(part, value)));
    try (var server = new ScriptedServer((_, _) -> answer(200, wrong))) {
      assertThat(sentence(container(uri(server)))).contains("gives none");
    }
  }

  @Test
  void explainsARefusalAndATimeoutTheSameWay() throws IOException {
    try (var refusing = new ScriptedServer((_, _) -> answer(403, "canary"))) {
      assertThat(sentence(container(uri(refusing)))).contains("gives none");
    }
    assertThat(
            sentence(
                container(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/x"))))
        .contains("gives none");
    assertThat(sentence(container(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "::canary"))))
        .contains("gives none")
        .doesNotContain("canary");
  }

  @Test
  @Attack("wrong-answers")
  void doesNotIssueExpiredCredentials() throws IOException {
    Instant ended = InstantSource.system().instant().minusSeconds(60);
    try (var server = new ScriptedServer((_, _) -> answer(200, document(ended)))) {
      assertThat(container(uri(server))).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  @Test
  void obtainsTheInstancesRoleWithASessionToken() throws IOException {
    try (var server = new ScriptedServer((request, _) -> metadata(request.start()))) {
      SessionCredentials session = SdkStsTest.issued(instance(server.uri()));
      assertThat(session.accessKeyId()).isEqualTo("ASIAPLACE");
      assertThat(session.expiration()).isEqualTo(end);
      assertThat(server.requests().getFirst().start()).startsWith("PUT /latest/api/token ");
      assertThat(server.requests().getLast().header("x-aws-ec2-metadata-token"))
          .isEqualTo("imds-token");
    }
  }

  @Test
  void explainsAnInstanceWithoutARole() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(404, "canary"))) {
      assertThat(sentence(instance(server.uri())))
          .isEqualTo(
              "Profile p takes the role of the EC2 instance that jvault runs on, but instance"
                  + " metadata gives none; is this an EC2 instance with a role?");
    }
  }

  @Test
  void sendsNoRequestToJvaultItself() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, document(end)))) {
      var environment = new HashMap<>(uri(server));
      environment.put("JVAULT_PROFILE", "dev");
      environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.uri().toString());
      try (var ambient = ambient(environment)) {
        assertThat(sentence(ambient.ecsContainer("p"))).contains("points to jvault itself");
        assertThat(sentence(ambient.ec2InstanceMetadata("p"))).contains("points to jvault itself");
      }
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void restoresTheSystemProperties() throws IOException {
    try (var server = new ScriptedServer((_, _) -> answer(200, document(end)))) {
      container(uri(server));
    }
    assertThat(System.getProperty("aws.containerCredentialsFullUri")).isNull();
  }

  private String metadata(String start) {
    if (start.startsWith("PUT /latest/api/token ")) {
      return answer(200, "imds-token", "x-aws-ec2-metadata-token-ttl-seconds: 21600");
    }
    return start.contains("/security-credentials/worker ")
        ? answer(200, document(end))
        : answer(200, "worker");
  }

  private Outcome instance(URI server) {
    try (var ambient = ambient(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.toString()))) {
      return ambient.ec2InstanceMetadata("p");
    }
  }

  private static Outcome container(Map<String, String> environment) {
    try (var ambient = ambient(environment)) {
      return ambient.ecsContainer("p");
    }
  }

  private static Map<String, String> uri(ScriptedServer server) {
    return Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.uri() + "/x");
  }

  private static SdkAmbient ambient(Map<String, String> environment) {
    return new SdkAmbient(
        environment,
        _ -> false,
        InstantSource.system(),
        new ClockSkew(new OneClock(InstantSource.system())),
        StsCalls.within(Duration.ofSeconds(20)));
  }

  private static String document(Instant end) {
    return """
    {"Code":"Success","Type":"AWS-HMAC","LastUpdated":"2020-01-01T00:00:00Z","AccessKeyId":"ASIAPLACE",
    "SecretAccessKey":"canary-secret","Token":"canary-token","Expiration":"%s"}\
    """
        .formatted(end);
  }

  private static String sentence(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Denied denied -> denied.sentence();
      case Outcome.Unavailable unavailable -> unavailable.sentence();
      case Outcome.Issued _, Outcome.NeedsPerson _ -> "";
    };
  }
}
