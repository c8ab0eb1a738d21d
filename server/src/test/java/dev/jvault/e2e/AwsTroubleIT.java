package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Each refusal of AWS or the network gives one sentence, and a status that says whether to retry.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AwsTroubleIT {
  private static final String CONFIG =
      """
      [profile dev]
      region = eu-west-1

      [profile child]
      source_profile = dev
      role_arn = arn:aws:iam::222222222222:role/Developer
      region = eu-west-1

      [profile with-mfa]
      source_profile = dev
      role_arn = arn:aws:iam::222222222222:role/Developer
      mfa_serial = arn:aws:iam::123456789012:mfa/me
      """;

  private StandInSts sts;
  private StsFront front;
  private Jvault jvault;
  private int fresh;

  @BeforeAll
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    front = new StsFront(sts.endpoint(), Duration.ZERO);
    jvault = new Jvault(CONFIG).set("AWS_ENDPOINT_URL_STS", front.endpoint().toString());
    jvault.withKeyFor("dev").unset("JVAULT_PASSPHRASE");
  }

  @AfterAll
  void stop() {
    jvault.close();
    front.close();
    sts.close();
  }

  @BeforeEach
  void forget() throws IOException {
    jvault.run("clear").ok();
    front.refuseNoMore();
    // A new role name means a new session; the daemon remembers a refusal for some seconds.
    fresh++;
    Files.writeString(jvault.config(), CONFIG.replace("role/Developer", "role/Developer" + fresh));
  }

  @Test
  void accessDenied() {
    front.refuse(403, "AccessDenied", "User: me is not authorized to perform: sts:AssumeRole");
    exec("child").refused(6, "not authorized to perform: sts:AssumeRole");
  }

  @Test
  void anUnknownKey() {
    front.refuse(403, "InvalidClientTokenId", "The security token included is invalid.");
    // The key was stored a moment ago, so it is tried again, and that is told.
    CommandResult ran = exec("child");
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(6);
    assertThat(ran.err()).contains("AWS does not know this new key yet", "`jvault add`");
  }

  @Test
  void anExpiredToken() {
    front.refuse(403, "ExpiredToken", "The security token included in the request is expired");
    exec("child").refused(6, "expired");
  }

  @Test
  void throttling() {
    front.refuse(400, "Throttling", "Rate exceeded");
    exec("child").refused(7, "too many requests", "try again");
  }

  @Test
  void anAwsFailure() {
    front.refuse(503, "ServiceUnavailable", "");
    exec("child").refused(7, "HTTP 503", "try again");
  }

  @Test
  void aWrongClock() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC));
    front.refuse(403, "SignatureDoesNotMatch", "Signature not yet current", "Date: " + date);
    exec("child").refused(7, "clock");
  }

  @Test
  void aRefusedMfaCode() {
    CommandResult ran = jvault.run("exec", "--mfa-token", "12", "with-mfa", "--", "true");
    ran.refused(6, "MFA code");
    assertThat(ran.err()).doesNotContain("\"12\"");
  }

  @Test
  void aNameThatCannotBeResolved() {
    exec("child", "https://sts.jvault-test.invalid")
        .refused(7, "sts.jvault-test.invalid", "resolved");
  }

  @Test
  void aPortWithoutAListener() {
    exec("child", "http://127.0.0.1:" + FreePort.next()).refused(7, "No connection", "127.0.0.1");
  }

  @Test
  void aServerWithoutTls() throws IOException {
    try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answerNonsense(plain));
      exec("child", "https://127.0.0.1:" + plain.getLocalPort()).refused(7, "TLS", "127.0.0.1");
    }
  }

  @Test
  void aServerThatIsNotSts() {
    front.refuse(200, "", "");
    exec("child").refused(7, "endpoint_url");
  }

  @Test
  void aPastRefusalIsForgotten() {
    front.refuse(503, "ServiceUnavailable", "");
    exec("child").refused(7, "503");
    front.refuseNoMore();
    // For a moment, the refusal is repeated without a call.
    await().untilAsserted(() -> assertThat(exec("child").ok()).isEqualTo("went well\n"));
  }

  private CommandResult exec(String profile) {
    return exec(profile, front.endpoint().toString());
  }

  private CommandResult exec(String profile, String endpoint) {
    return jvault.run(
        Map.of("AWS_ENDPOINT_URL_STS", endpoint), "exec", profile, "--", "echo", "went well");
  }

  private static void answerNonsense(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (var socket = plain.accept()) {
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 400 Bad Request\r\n\r\n"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      } catch (IOException _) {
        // A TLS client hangs up, or the test has ended.
      }
    }
  }
}
