package dev.jvault.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ParsedLaunchPlan;
import dev.jvault.testing.SdkResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles whose source is not the vault, through verbs and the endpoint. */
final class OtherSourcesTest {
  private static final String LONG_LIVED =
      "{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"canary\"}"
          .formatted(RunningJvault.KEY_ID);
  private static final String LOGIN = "arn:aws:iam::123456789012:user/me";
  private static final String KEY =
      "AWS_ACCESS_KEY_ID=" + RunningJvault.KEY_ID + "\nAWS_SECRET_ACCESS_KEY=canary\n";

  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.empty(home);
    jvault.config(
        """
        [profile process]
        credential_process = cat '%1$s/answer'; echo 'open the page' >&2
        endpoint_url = %2$s
        [profile process-role]
        source_profile = process
        role_arn = arn:aws:iam::123456789012:role/deploy
        endpoint_url = %2$s
        [profile broken]
        credential_process = echo canary
        [profile silent]
        credential_process = cat '%1$s/answer'
        endpoint_url = %2$s
        [profile variables]
        credential_source = Environment
        endpoint_url = %2$s
        [profile variables-role]
        credential_source = Environment
        role_arn = arn:aws:iam::123456789012:role/deploy
        endpoint_url = %2$s
        [profile container]
        credential_source = EcsContainer
        [profile login]
        login_session = %3$s
        region = eu-west-1
        [profile web]
        web_identity_token_process = true
        role_arn = arn:aws:iam::123456789012:role/deploy
        """
            .formatted(home, jvault.sts().endpoint(), LOGIN));
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void aCommandsSessionReachesAnSdkAndItsErrorTheUser() throws IOException {
    prints(session("ASIAPRINTED", Duration.ofHours(3)));
    ControlResponse notice = jvault.caller().call("exec", "profile=process");
    assertThat(notice.question()).isEqualTo("notice off: open the page");
    var plan = new ParsedLaunchPlan(jvault.caller().reply(notice, "").body());
    SdkResponse response = new SdkClient(plan).get();
    assertThat(response.member("AccessKeyId")).isEqualTo("ASIAPRINTED");
    assertThat(response.member("SecretAccessKey")).isEqualTo("canary-secret");
  }

  @Test
  @Attack("log")
  void theErrorsOfACommandReachTheUserAndNotTheLog() throws IOException {
    Files.writeString(home.resolve("answer"), "");
    jvault.config(
        """
        [profile failing]
        credential_process = '%s/fails'
        """
            .formatted(home));
    Path script = home.resolve("fails");
    Files.writeString(
        script, "#!/bin/sh\nprintf 'canary of the helper\\n2026 INFO forged\\n' >&2\nexit 1\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    var log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      ControlResponse told = jvault.caller().call("exec", "profile=failing");
      assertThat(told.question()).isEqualTo("notice off: canary of the helper");
      ControlResponse next = jvault.caller().reply(told, "");
      assertThat(jvault.caller().reply(next, "").toString())
          .contains("ended with status 1 (canary of the helper).");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8))
        .contains("event=session_refused", "ended with status 1.")
        .doesNotContain("canary", "forged");
  }

  @Test
  @Attack("no-long-lived-keys")
  void aCommandsLongLivedKeyIsExchangedAndNeverIssued() throws IOException {
    prints(LONG_LIVED);
    SdkResponse response = SdkClient.of(jvault, "silent").get();
    assertThat(response.member("AccessKeyId")).startsWith("ASIA");
    assertThat(response.body()).doesNotContain("canary", RunningJvault.KEY_ID);
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void aSessionThatNeedsNoVaultIsForgottenToo() throws IOException {
    prints(session("ASIAONE", Duration.ofHours(3)));
    assertThat(SdkClient.of(jvault, "silent").get().member("AccessKeyId")).isEqualTo("ASIAONE");
    prints(session("ASIATWO", Duration.ofHours(3)));
    assertThat(SdkClient.of(jvault, "silent").get().member("AccessKeyId")).isEqualTo("ASIAONE");
    assertThat(jvault.caller().call("clear").message()).startsWith("Forgot 1 session");
    assertThat(SdkClient.of(jvault, "silent").get().member("AccessKeyId")).isEqualTo("ASIATWO");
  }

  @Test
  void aRoleUsesACommandsLongLivedKeyDirectly() throws IOException {
    prints(LONG_LIVED);
    ControlResponse notice = jvault.caller().call("exec", "profile=process-role");
    var plan = new ParsedLaunchPlan(jvault.caller().reply(notice, "").body());
    assertThat(new SdkClient(plan).get().member("RoleArn")).endsWith("role/deploy");
    assertThat(jvault.sts().calls("GetSessionToken")).isZero();
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void aBrokenCommandIsReportedInOneSentence() {
    ControlResponse response = jvault.caller().call("exec", "profile=broken");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message())
        .isEqualTo(
            "The credential_process `echo canary` of profile broken printed something other than"
                + " one JSON object; run it by hand and correct it.");
  }

  @Test
  void aCommandThatAsksJvaultForItsOwnProfileIsRefused() {
    for (String profile : new String[] {"process", "process-role", "web"}) {
      ControlResponse response =
          jvault
              .caller()
              .variable("JVAULT_WITHIN", "outer\nprocess\nweb")
              .call("credential-process", "profile=" + profile);
      assertThat(response.ended(ExitCode.PROFILE)).isTrue();
      assertThat(response.message()).contains("leads to itself").doesNotContain("\n");
    }
  }

  @Test
  void theCallersVariablesAreRequestedAndExchanged() throws IOException {
    ControlResponse question = jvault.caller().call("exec", "profile=variables");
    assertThat(question.question()).startsWith("environment off: ");
    var plan = new ParsedLaunchPlan(jvault.caller().reply(question, KEY).body());
    SdkResponse response = new SdkClient(plan).get();
    assertThat(response.member("AccessKeyId")).startsWith("ASIA");
    assertThat(response.body()).doesNotContain("canary");
    assertThat(jvault.files().readyFiles().resolve("variables")).doesNotExist();
  }

  @Test
  void aCommandWithoutVariablesUsesThoseOfThePreviousOne() {
    ControlResponse question = jvault.caller().call("exec", "profile=variables-role");
    assertThat(jvault.caller().reply(question, KEY).ended(ExitCode.OK)).isTrue();
    ControlResponse nested = jvault.caller().call("exec", "profile=variables-role");
    assertThat(jvault.caller().reply(nested, "").ended(ExitCode.OK)).isTrue();
    assertThat(jvault.sts().calls("GetSessionToken")).isZero();
  }

  @Test
  void missingVariablesAreReportedInOneSentence() {
    ControlResponse question = jvault.caller().call("exec", "profile=variables");
    ControlResponse response = jvault.caller().reply(question, "");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message())
        .contains("neither of AWS_ACCESS_KEY_ID", "jvault unlock variables");
  }

  @Test
  @Attack("callers-credentials")
  void variablesAreForgottenWithTheDaemonAndItsOwnStandIn() throws IOException {
    ControlResponse question = jvault.caller().call("exec", "profile=variables");
    var plan = new ParsedLaunchPlan(jvault.caller().reply(question, KEY).body());
    jvault.restart();
    SdkResponse response = new SdkClient(plan).get();
    assertThat(response.status()).isGreaterThanOrEqualTo(400);
    assertThat(response.body()).contains("AWS_ACCESS_KEY_ID");
    jvault.restartIn(
        Map.of(
            "AWS_ACCESS_KEY_ID", "ASIAOFTHEDAEMON",
            "AWS_SECRET_ACCESS_KEY", "s",
            "AWS_SESSION_TOKEN", "t"));
    assertThat(new SdkClient(plan).get().member("AccessKeyId")).isEqualTo("ASIAOFTHEDAEMON");
  }

  @Test
  void theRoleOfTheContainerThatTheDaemonRunsInReachesAnSdk() throws IOException {
    Instant end =
        jvault.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(6));
    HttpServer place =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body =
        """
        {"AccessKeyId":"ASIAPLACE","SecretAccessKey":"s","Token":"t","Expiration":"%s"}\
        """
            .formatted(end)
            .getBytes(UTF_8);
    place.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    place.start();
    try {
      String uri = "http://127.0.0.1:" + place.getAddress().getPort() + "/v1/credentials";
      jvault.restartIn(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri));
      SdkResponse response = SdkClient.of(jvault, "container").get();
      assertThat(response.member("AccessKeyId")).isEqualTo("ASIAPLACE");
      assertThat(response.expiration()).isEqualTo(end);
    } finally {
      place.stop(0);
    }
  }

  @Test
  void aDaemonThatWasStartedInsideExecDoesNotAskItself() {
    String own = "http://127.0.0.1:" + jvault.port() + "/v1/credentials";
    jvault.restartIn(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", own));
    ControlResponse response = jvault.caller().call("exec", "profile=container");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message()).contains("points to jvault itself");
  }

  @Test
  void theLoginOfTheCallersCliReachesAnSdk() throws Exception {
    ControlResponse none = jvault.caller().call("exec", "profile=login");
    assertThat(none.ended(ExitCode.PROFILE)).isTrue();
    assertThat(none.message()).contains("run `aws login --profile login`");
    Path cache = Files.createDirectories(home.resolve(".aws/login/cache"));
    Files.writeString(
        cache.resolve(sha256(LOGIN) + ".json"),
        """
        {"accessToken":{"accessKeyId":"ASIALEFT","secretAccessKey":"s","sessionToken":"t",
        "accountId":"123456789012","expiresAt":"%s"},"clientId":"c","refreshToken":"r","dpopKey":"k"}\
        """
            .formatted(jvault.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(800)));
    // A refusal is cached for three seconds, which begin shortly after it was returned.
    await()
        .untilAsserted(() -> {
          jvault.clock().advance(Duration.ofSeconds(5));
          assertThat(SdkClient.of(jvault, "login").get().member("AccessKeyId"))
              .isEqualTo("ASIALEFT");
        });
  }

  private void prints(String json) throws IOException {
    Files.writeString(home.resolve("answer"), json);
  }

  private String session(String id, Duration life) {
    return """
    {"Version":1,"AccessKeyId":"%s","SecretAccessKey":"canary-secret","SessionToken":"t","Expiration":"%s"}\
    """
        .formatted(id, jvault.clock().instant().plus(life));
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
