package dev.jvault.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.http.RawClient;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.Patience;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SDKs need of the container endpoint, by the numbers of the checklist: the token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthorizationTest {
  private static final String UNAUTHORIZED = "\"Code\":\"Unauthorized\"";

  private RunningJvault jvault;
  private SdkClient client;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    jvault = RunningJvault.withKeys(home);
    client = SdkClient.of(jvault, "dev");
  }

  @AfterAll
  void stop() {
    jvault.close();
  }

  @Test
  @DisplayName("10. a request without Authorization gets 401 JSON, on every try")
  void withoutAuthorization() throws IOException {
    for (int request = 0; request < 5; request++) {
      refused(client.send("GET", client.path(), client.host()));
    }
  }

  @Test
  void aProgramWithoutAToken() throws IOException {
    refused(client.send("GET", client.path(), client.host()));
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() ->
            assertThat(jvault.caller().call("status").body())
                .containsPattern("  no token   (A program|java) asked for dev ")
                .contains("use `jvault exec --token-env dev -- "));
    assertThat(jvault.caller().call("status", "json=true").body())
        .contains("\"withoutToken\"", "\"profile\": \"dev\"");
    assertThat(jvault.caller().call("audit").body()).contains("no-token", "refused");
  }

  @Test
  @DisplayName(
      "11. only the whole value is accepted: no added scheme, no other case, no part, no other grant's token")
  @Attack("token")
  void theWholeValueCounts() throws IOException {
    String token = client.token();
    refused(authorized("wrong"));
    refused(authorized("Bearer " + token));
    refused(authorized("Basic " + token));
    refused(authorized(token.substring(0, token.length() - 1)));
    refused(authorized(token + "x"));
    refused(authorized(swap(token)));
    SdkClient other = SdkClient.of(jvault, "deploy");
    assertThat(authorized(other.token()).status()).isEqualTo(404);
    assertThat(authorized(token).credentials()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization:", "Authorization: ", "Authorization:  \t"})
  @DisplayName("12. an empty Authorization gets 401")
  void anEmptyAuthorization(String header) throws IOException {
    refused(client.send("GET", client.path(), client.host(), header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic x%20y", "Bearer z"})
  @DisplayName("13. a token that contains a scheme is compared verbatim")
  void aTokenWithAScheme(String token) throws Exception {
    SdkClient audit = SdkClient.of(jvault, "audit");
    Path grants = jvault.files().state().resolve("grants.json");
    Files.writeString(grants, Files.readString(grants).replace(hash(audit.token()), hash(token)));
    Files.writeString(audit.tokenFile(), token);
    jvault.restart();
    assertThat(audit.get().credentials()).isTrue();
    String bare = token.substring(token.indexOf(' ') + 1);
    refused(audit.send("GET", audit.path(), audit.host(), "Authorization: " + bare));
  }

  @Test
  @DisplayName("14. after ten refusals in a row, the right token is accepted without delay")
  void tenRefusals() throws IOException {
    assertThat(client.get().credentials()).isTrue();
    try (var connection = new RawClient(jvault.port())) {
      for (int request = 0; request < 10; request++) {
        connection.send(keptAlive("wrong"));
        assertThat(connection.readAnswer()).startsWith("HTTP/1.1 401");
      }
      connection.send(keptAlive(client.token()));
      assertThat(SdkResponse.of(connection.readAnswer()).credentials()).isTrue();
    }
  }

  @Test
  @DisplayName(
      "35. the token file is one line without a newline, mode 0600, in a folder of the owner")
  @Attack("token-file")
  void theTokenFile() throws IOException {
    assertThat(client.token()).matches("[\\x21-\\x7e]{32,}");
    assertThat(permissions(client.tokenFile())).isEqualTo("rw-------");
    assertThat(permissions(jvault.files().tokens())).isEqualTo("rwx------");
  }

  @Test
  @DisplayName("35. a lost token file is written again; the endpoint accepts both tokens")
  void aLostTokenFile() throws IOException {
    SdkClient deploy = SdkClient.of(jvault, "deploy");
    String lost = deploy.token();
    Files.delete(deploy.tokenFile());
    SdkClient again = SdkClient.of(jvault, "deploy");
    assertThat(again.tokenFile()).isEqualTo(deploy.tokenFile());
    assertThat(again.token()).isNotEqualTo(lost);
    assertThat(again.get().credentials()).isTrue();
    assertThat(
            again.send("GET", again.path(), again.host(), "Authorization: " + lost).credentials())
        .isTrue();
    try (var files = Files.list(again.tokenFile().getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(n -> n.startsWith("."));
    }
  }

  @Test
  @DisplayName("35. a token whose file was open to others is void, and the next exec says so once")
  @Attack("token-file")
  void aTokenThatOthersMayHaveRead() throws IOException {
    SdkClient deploy = SdkClient.of(jvault, "deploy");
    String read = deploy.token();
    Files.setPosixFilePermissions(deploy.tokenFile(), PosixFilePermissions.fromString("rw-r--r--"));
    ControlResponse reply = jvault.caller().call("exec", "profile=deploy");
    assertThat(reply.message()).contains("Others may have read", "deploy-terminal");
    assertThat(jvault.caller().call("exec", "profile=deploy").message()).isEmpty();
    assertThat(permissions(deploy.tokenFile())).isEqualTo("rw-------");
    refused(deploy.send("GET", deploy.path(), deploy.host(), "Authorization: " + read));
    assertThat(deploy.get().credentials()).isTrue();
    assertThat(jvault.caller().call("grants").body()).contains("active; exposed 0 s ago");
    assertThat(jvault.caller().call("grants", "json=true").body()).contains("\"exposed\"");
  }

  @Test
  @DisplayName("36. after token rotation the previous token works for a grace period")
  void afterRotationThePreviousTokenStillWorks() throws IOException {
    SdkClient mine = SdkClient.of(jvault, "deploy");
    String old = mine.token();
    jvault.clock().advance(Duration.ofDays(8));
    jvault.restart();
    assertThat(mine.token()).isNotEqualTo(old);
    assertThat(mine.get().credentials()).isTrue();
    String authorization = "Authorization: " + old;
    assertThat(mine.send("GET", mine.path(), mine.host(), authorization).credentials()).isTrue();
    jvault.clock().advance(Duration.ofHours(37));
    refused(mine.send("GET", mine.path(), mine.host(), authorization));
    assertThat(mine.get().credentials()).isTrue();
  }

  @Test
  @DisplayName("36. neither callers nor a restart rotate a token early")
  void aTokenIsNotRotatedBeforeItsTime() throws IOException {
    String first = client.token();
    var _ = jvault.exec("dev");
    RunningJvault.succeeded(
        jvault.caller().variable("HTTPS_PROXY", "http://p:1").call("exec", "profile=dev"));
    jvault.restart();
    var _ = jvault.exec("dev");
    assertThat(client.token()).isEqualTo(first);
    assertThat(authorized(first).credentials()).isTrue();
  }

  @Test
  @DisplayName("37. after a restart the same address and token work, before any command has run")
  void afterARestart() throws IOException {
    SdkResponse before = client.get();
    jvault.restart();
    SdkResponse after = client.get();
    assertThat(after.credentials()).isTrue();
    assertThat(after.member("AccessKeyId")).isEqualTo(before.member("AccessKeyId"));
  }

  private SdkResponse authorized(String token) throws IOException {
    return client.send("GET", client.path(), client.host(), "Authorization: " + token);
  }

  private String keptAlive(String token) {
    return "GET %s HTTP/1.1\r\n%s\r\nAuthorization: %s\r\n\r\n"
        .formatted(client.path(), client.host(), token);
  }

  private static void refused(SdkResponse response) {
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.header("Content-Type")).contains("application/json");
    assertThat(response.header("Location")).isEmpty();
    assertThat(response.body()).contains(UNAUTHORIZED).doesNotContain("AccessKeyId");
  }

  /** The text with the case of each letter swapped. */
  private static String swap(String token) {
    return token
        .chars()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String hash(String token) throws NoSuchAlgorithmException {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
