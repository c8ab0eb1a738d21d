package dev.jvault.imds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.FreePort;
import dev.jvault.testing.SdkResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble with instance metadata: slow AWS, missing MFA codes, taken ports, invalid options. */
final class ImdsTroubleTest {
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
  @DisplayName("61. a response does not wait for AWS: 503 until STS has answered")
  void anAnswerDoesNotWaitForAws() throws IOException {
    ImdsClient client = ImdsClient.of(jvault, "deploy");
    jvault.restartWithTheTimeoutsOfSdks();
    RunningJvault.succeeded(jvault.caller().call("clear"));
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      jvault.config(
          RunningJvault.profiles(URI.create("http://127.0.0.1:" + silent.getLocalPort())));
      SdkResponse response = client.get(ImdsClient.CREDENTIALS + "deploy");
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.member("Code")).isEqualTo("Unavailable");
      assertThat(response.member("Message")).contains("AWS has not answered yet");
      assertThat(client.get("/latest/meta-data/instance-id").status()).isEqualTo(200);
    }
  }

  @Test
  void aNeededMfaCodeIsReportedInJsonWithTheCommandToRun() throws IOException {
    RunningJvault.succeeded(
        jvault.caller().call("exec", "profile=mfa-role", "imds=true", "mfa-token=123456"));
    RunningJvault.succeeded(jvault.caller().call("clear"));
    String status = jvault.caller().call("status", "json=true").body();
    int port = Integer.parseInt(status.replaceFirst("(?s).*127.0.0.1:(\\d+)\",\\s*\"v1\".*", "$1"));
    var client = ImdsClient.at(port);
    SdkResponse response = client.get(ImdsClient.CREDENTIALS + "careful");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Content-Type")).contains("application/json");
    assertThat(response.member("Message")).contains("jvault unlock mfa-role");
  }

  @Test
  void anUnknownProfileOpensNothing() {
    int port = FreePort.next();
    ControlResponse response =
        jvault.caller().call("server", "imds=dev=" + port + "\nnone=" + (port + 1));
    assertThat(response.ended(ExitCode.PROFILE)).as(response.toString()).isTrue();
    assertThat(jvault.caller().call("status").body()).doesNotContain("imds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev|NAME=PORT",
        "dev=|NAME=PORT",
        "=9171|NAME=PORT",
        "dev=port|NAME=PORT",
        "dev=80|1024",
        "dev=0|1024",
        "dev=70000|65535",
        "dev=9171,dev=9172|twice",
        "dev=9171,deploy=9171|twice"
      })
  void anInvalidOptionIsRefusedInOneSentence(String options, String expected) {
    ControlResponse response = jvault.caller().call("server", "imds=" + options.replace(',', '\n'));
    assertThat(response.ended(ExitCode.USAGE)).as(response.toString()).isTrue();
    assertThat(response.message()).contains(expected).doesNotContain("\n");
  }

  @Test
  @DisplayName("52. with IMDSv1 on, a GET without a token gets 200, and status says that it is on")
  void withoutATokenIfImdsV1IsOn() throws IOException {
    String instance = "/latest/meta-data/instance-id";
    int port = ImdsClient.of(jvault, "dev").port();
    RunningJvault.succeeded(jvault.caller().call("server", "imds=dev=" + port, "imds-v1=dev"));
    ImdsClient v1 = ImdsClient.of(jvault, "dev");
    assertThat(v1.port()).isEqualTo(port);
    assertThat(v1.send("GET", instance, v1.host()).status()).isEqualTo(200);
    assertThat(v1.get(instance).status()).isEqualTo(200);
    assertThat(v1.get(instance, "wrong").status()).isEqualTo(401);
    assertThat(jvault.caller().call("status").body()).contains("IMDSv1 is on");
    RunningJvault.succeeded(jvault.caller().call("server", "imds=dev=" + port));
    assertThat(v1.send("GET", instance, v1.host()).status()).isEqualTo(401);
  }

  @Test
  void imdsV1NeedsItsListener() {
    ControlResponse response =
        jvault.caller().call("server", "imds=dev=" + FreePort.next(), "imds-v1=deploy");
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message()).contains("--imds deploy=PORT");
  }

  @Test
  void aTakenPortIsNamedWithItsHolderAndLeavesNothing() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ControlResponse response = jvault.caller().call("server", "imds=dev=" + taken.getLocalPort());
      assertThat(response.ended(ExitCode.DAEMON)).as(response.toString()).isTrue();
      assertThat(response.message())
          .contains("Port " + taken.getLocalPort())
          .contains("choose another");
    }
    assertThat(jvault.caller().call("status").body()).doesNotContain("imds");
    assertThat(jvault.files().tokens().resolve("dev-imds")).doesNotExist();
  }

  @Test
  void aPortOfAnotherProfileIsRefused() {
    int port = ImdsClient.of(jvault, "dev").port();
    ControlResponse response = jvault.caller().call("server", "imds=deploy=" + port);
    assertThat(response.ended(ExitCode.DAEMON)).isTrue();
    assertThat(response.message()).contains("IMDS port of profile dev");
  }

  @Test
  void thePortOfContainerCredentialsIsRefused() {
    ControlResponse response = jvault.caller().call("server", "imds=dev=" + jvault.port());
    assertThat(response.ended(ExitCode.DAEMON)).isTrue();
    assertThat(response.message()).contains("jvault's own");
    assertThat(jvault.caller().call("grants").body()).doesNotContain("imds");
  }

  @Test
  void aListenerMovesAndIsKeptOverARestart() throws IOException {
    ImdsClient old = ImdsClient.of(jvault, "dev");
    int port = FreePort.next();
    RunningJvault.succeeded(jvault.caller().call("server", "imds=dev=" + port));
    ImdsClient moved = ImdsClient.of(jvault, "dev");
    assertThat(moved.port()).isEqualTo(port);
    assertThat(moved.get("/latest/meta-data/instance-id").status()).isEqualTo(200);
    assertThatThrownBy(old::token).isInstanceOf(IOException.class);
    jvault.restart();
    assertThat(moved.get("/latest/meta-data/instance-id").status()).isEqualTo(200);
  }

  @Test
  void aPortThatIsTakenAtTheStartHasASubstituteUntilItIsFree() throws IOException {
    int port = ImdsClient.of(jvault, "dev").port();
    jvault.stop();
    int substitute;
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      jvault.restart();
      assertThat(jvault.caller().call("status").body())
          .containsPattern(
              "Port %d is taken by .*, so profile dev has IMDS port \\d+ and remembers it; once port %d is free, jvault answers on both\\."
                  .formatted(port, port));
      substitute = ImdsClient.of(jvault, "dev").port();
      assertThat(substitute).isNotEqualTo(port);
      jvault.restart();
      assertThat(ImdsClient.of(jvault, "dev").port()).as("it is kept").isEqualTo(substitute);
    }
    ImdsClient client = ImdsClient.of(jvault, "dev");
    assertThat(client.port()).isEqualTo(port);
    assertThat(client.token()).isNotEmpty();
    assertThat(ImdsClient.at(substitute).token()).as("who knows it goes on").isNotEmpty();
    assertThat(jvault.caller().call("status").body()).doesNotContain("taken by");
    jvault.restart();
    assertThat(ImdsClient.at(substitute).token()).as("after a restart too").isNotEmpty();
  }

  @Test
  void aRevokedListenerIsClosedForGood() throws IOException {
    ImdsClient client = ImdsClient.of(jvault, "dev");
    String token = client.token();
    assertThat(client.get("/latest/meta-data/instance-id", token).status()).isEqualTo(200);
    assertThat(jvault.caller().call("grants").body()).contains("dev-imds");
    RunningJvault.succeeded(jvault.caller().call("revoke", "grant=dev-imds"));
    assertThatThrownBy(client::token).isInstanceOf(IOException.class);
    jvault.restart();
    assertThatThrownBy(client::token).isInstanceOf(IOException.class);
    RunningJvault.succeeded(jvault.caller().call("server", "imds=dev=" + client.port()));
    assertThat(client.get("/latest/meta-data/instance-id", token).status()).isEqualTo(401);
  }

  @Test
  void twoTerminalsWithTwoRegionsShareTheListener() {
    int port = ImdsClient.of(jvault, "dev").port();
    String plan =
        RunningJvault.succeeded(
                jvault
                    .caller()
                    .variable("AWS_REGION", "us-east-1")
                    .call("exec", "profile=dev", "imds=true"))
            .body();
    assertThat(plan).contains("http://127.0.0.1:" + port);
  }

  @Test
  void aFileOfListenersThatCannotBeReadCountsAsEmpty() throws IOException {
    ImdsClient client = ImdsClient.of(jvault, "dev");
    Files.writeString(jvault.files().state().resolve("imds.json"), "{\"listeners\": [{");
    jvault.restart();
    assertThatThrownBy(client::token).isInstanceOf(IOException.class);
    assertThat(ImdsClient.of(jvault, "dev").token()).isNotEmpty();
  }
}
