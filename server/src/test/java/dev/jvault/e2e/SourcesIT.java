package dev.jvault.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A profile of each kind, with the packaged program, moto as AWS, and boto3 as the command. Moto's
 * GetSessionToken always returns the key AKIAIOSFODNN7EXAMPLE.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourcesIT {
  private static final String LOGIN = "arn:aws:iam::123456789012:user/me";

  /** Prints the key that boto3 signs with, where it is from, and which identity moto sees. */
  private static final String WHO =
      """
      import boto3
      session = boto3.Session()
      found = session.get_credentials()
      arn = session.client('sts').get_caller_identity()['Arn']
      print(found.access_key, found.method, arn)
      """;

  private Moto moto;
  private HttpServer place;
  private Jvault jvault;

  @BeforeAll
  void startMoto() throws IOException {
    moto = new Moto();
    place = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    place.createContext(
        "/latest/api/token",
        exchange -> {
          exchange.getResponseHeaders().set("x-aws-ec2-metadata-token-ttl-seconds", "21600");
          answer(exchange, "imds-token");
        });
    String roles = "/latest/meta-data/iam/security-credentials/";
    place.createContext(
        roles,
        exchange ->
            answer(
                exchange,
                exchange.getRequestURI().getPath().equals(roles)
                    ? "worker"
                    : document("ASIAINSTANCE")));
    place.createContext("/v2/task", exchange -> answer(exchange, document("ASIACONTAINER")));
    place.start();
  }

  @AfterAll
  void stopMoto() {
    place.stop(0);
    moto.close();
  }

  @BeforeEach
  void newHome() throws IOException, GeneralSecurityException {
    jvault = new Jvault("");
    Files.writeString(jvault.config(), profiles());
    Files.writeString(
        jvault.home().resolve(".aws/credentials"),
        """
        [plain]
        aws_access_key_id = AKIAPLAIN
        aws_secret_access_key = s
        [plain-session]
        aws_access_key_id = ASIAPLAIN
        aws_secret_access_key = s
        aws_session_token = t
        """);
    write("session.json", session("ASIAPROCESS"));
    write("key.json", "{\"Version\":1,\"AccessKeyId\":\"AKIAPROCESS\",\"SecretAccessKey\":\"s\"}");
    write("token", "a.b.c\n");
    Path cache = Files.createDirectories(jvault.home().resolve(".aws/login/cache"));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(LOGIN.getBytes(UTF_8));
    Files.writeString(
        cache.resolve(HexFormat.of().formatHex(hash) + ".json"),
        """
        {"accessToken":{"accessKeyId":"ASIALOGIN","secretAccessKey":"s","sessionToken":"t",
        "accountId":"123456789012","expiresAt":"%s"},"clientId":"c","refreshToken":"r","dpopKey":"k"}\
        """
            .formatted(now().plus(Duration.ofMinutes(14))));
    jvault.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", address() + "/v2/task");
    jvault.set("AWS_EC2_METADATA_SERVICE_ENDPOINT", address().toString());
  }

  @AfterEach
  void removeHome() {
    jvault.close();
  }

  @ParameterizedTest
  @CsvSource({
    "plain, AKIAIOSFODNN7EXAMPLE, user/moto",
    "plain-session, ASIAPLAIN, user/moto",
    "process, ASIAPROCESS, user/moto",
    "process-key, AKIAIOSFODNN7EXAMPLE, user/moto",
    "process-role, ASIA, assumed-role/of-process/",
    "process-key-role, ASIA, assumed-role/of-process-key/",
    "nested, ASIAPROCESS, user/moto",
    "web, ASIA, assumed-role/of-web/",
    "web-process, ASIA, assumed-role/of-web-process/",
    "variables, AKIAIOSFODNN7EXAMPLE, user/moto",
    "variables-role, ASIA, assumed-role/of-variables/",
    "container, ASIACONTAINER, user/moto",
    "container-role, ASIA, assumed-role/of-container/",
    "instance, ASIAINSTANCE, user/moto",
    "instance-role, ASIA, assumed-role/of-instance/",
    "login, ASIALOGIN, user/moto",
  })
  void boto3GetsASession(String profile, String accessKeyId, String arn) {
    CommandResult ran =
        jvault.run(
            Map.of(
                "AWS_ENDPOINT_URL", moto.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "AKIAVARIABLES",
                "AWS_SECRET_ACCESS_KEY", "canary-of-the-environment"),
            "exec",
            profile,
            "--",
            "python3",
            "-c",
            WHO);
    assertThat(ran.ok())
        .startsWith(accessKeyId)
        .contains(" container-role ", arn)
        .doesNotContain("AKIAPLAIN", "AKIAPROCESS", "AKIAVARIABLES");
    assertThat(readyFile("variables")).doesNotExist();
  }

  @Test
  void aProfileWhoseCommandCallsJvaultForTheSameProfileIsRefusedAtOnce() {
    CommandResult ran = jvault.run("exec", "itself", "--", "true");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("ended with status 3", "leads to itself");
    CommandResult other = jvault.run("credential-process", "itself-by-another");
    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.err()).contains("leads to itself");
  }

  @Test
  void theOutputOfASourceCommandReachesTheWaitingTerminal() {
    CommandResult ran = jvault.run("exec", "talking", "--", "true");
    assertThat(ran.ok()).isEmpty();
    assertThat(ran.err()).isEqualTo("jvault: open https://example.com/device\n");
  }

  @Test
  void aDaemonStartedInsideExecSendsItselfNoRequests() {
    CommandResult ran =
        jvault.run(
            Map.of("AWS_ENDPOINT_URL", moto.endpoint().toString()),
            "exec",
            "plain",
            "--",
            "sh",
            "-c",
            "'%1$s' restart && '%1$s' exec container -- true".formatted(Jvault.program()));
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("points to jvault itself");
  }

  @Test
  @Attack("nothing-lying-around")
  void noSecretOfAnySourceIsInTheLogOrInARestartedDaemon() throws IOException {
    jvault
        .run(
            Map.of(
                "AWS_ENDPOINT_URL", moto.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "AKIAVARIABLES",
                "AWS_SECRET_ACCESS_KEY", "canary-of-the-environment"),
            "exec",
            "variables-role",
            "--",
            "true")
        .ok();
    try (var files = Files.walk(jvault.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1))
            .as(file.toString())
            .doesNotContain("canary-of-the-environment");
      }
    }
  }

  private String profiles() {
    String home = jvault.home().toString();
    var text = new StringBuilder("[default]\nregion = eu-west-1\n");
    section(text, "plain", "");
    section(text, "plain-session", "");
    section(text, "process", "credential_process = cat '" + home + "/session.json'");
    section(text, "process-key", "credential_process = cat '" + home + "/key.json'");
    section(text, "process-role", "source_profile = process\n" + role("of-process"));
    section(text, "process-key-role", "source_profile = process-key\n" + role("of-process-key"));
    String program = "'" + Jvault.program() + "' credential-process ";
    section(text, "nested", "credential_process = " + program + "process");
    section(text, "itself", "credential_process = " + program + "itself");
    section(text, "itself-by-another", "credential_process = " + program + "another");
    section(text, "another", "credential_process = " + program + "itself-by-another");
    section(
        text,
        "talking",
        "credential_process = echo open https://example.com/device >&2; cat '"
            + home
            + "/session.json'");
    section(text, "web", "web_identity_token_file = " + home + "/token\n" + role("of-web"));
    section(
        text,
        "web-process",
        "web_identity_token_process = cat '" + home + "/token'\n" + role("of-web-process"));
    section(text, "variables", "credential_source = Environment");
    section(text, "variables-role", "credential_source = Environment\n" + role("of-variables"));
    section(text, "container", "credential_source = EcsContainer");
    section(text, "container-role", "credential_source = EcsContainer\n" + role("of-container"));
    section(text, "instance", "credential_source = Ec2InstanceMetadata");
    section(
        text, "instance-role", "credential_source = Ec2InstanceMetadata\n" + role("of-instance"));
    section(text, "login", "login_session = " + LOGIN);
    return text.toString();
  }

  private void section(StringBuilder text, String name, String content) {
    text.append("[profile %s]\nendpoint_url = %s\n%s\n".formatted(name, moto.endpoint(), content));
  }

  private static String role(String name) {
    return "role_arn = arn:aws:iam::222222222222:role/" + name;
  }

  private Path readyFile(String profile) {
    return jvault.folder().resolve("run/ready").resolve(profile);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(jvault.home().resolve(name), content);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + place.getAddress().getPort());
  }

  private static String session(String id) {
    return """
    {"Version":1,"AccessKeyId":"%s","SecretAccessKey":"s","SessionToken":"t","Expiration":"%s"}\
    """
        .formatted(id, now().plus(Duration.ofHours(2)));
  }

  private static String document(String id) {
    return """
    {"Code":"Success","AccessKeyId":"%s","SecretAccessKey":"s","Token":"t","Expiration":"%s"}\
    """
        .formatted(id, now().plus(Duration.ofHours(6)));
  }

  private static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
