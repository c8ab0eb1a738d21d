package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code jvault server} prints as lasting lasts: over kill -9, and over a port that is taken.
 */
final class RememberIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  private StandInSts sts;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = Jvault.withRootAndChild(sts).withKeyFor("root");
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  void afterACrashTheNextDaemonServesTheSameProfilesOnTheSamePortsWithTheSameTokens() {
    int imds = FreePort.next();
    Map<String, String> before = serve("--profile", "child", "--imds", "root=" + imds);
    assertThat(get(before)).contains("200");

    jvault.killDaemon();
    assertThat(jvault.run("restart").ok()).contains("was not running");

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(jvault.run("status", "--json").ok())
                .containsPattern("\"profile\": \"child\",\\s*\"readyUntil\": \"20")
                .containsPattern("\"profile\": \"root\",\\s*\"readyUntil\": \"20"));
    assertThat(sts.calls("AssumeRole")).as("the session is from the vault").isEqualTo(1);
    assertThat(get(before)).contains("200");
    assertThat(serve("--profile", "child", "--imds", "root=" + imds)).isEqualTo(before);

    assertThat(jvault.run("server", "--forget", "child", "--forget", "root").ok()).isEmpty();
    assertThat(get(before)).contains("401");
    assertThat(jvault.run("status").ok()).doesNotContain("kept ready");
  }

  @Test
  void afterARebootALockedVaultSaysWhatToRunToTheUserOfAnSdkAndInTheStatus() {
    Map<String, String> before = serve("--profile", "child");
    jvault.killDaemon();
    jvault.unset("JVAULT_PASSPHRASE");
    assertThat(jvault.run("server", "--background").ok()).contains("answers on");

    CommandResult sdk =
        jvault.finish(
            jvault.startCommand(
                before,
                List.of(
                    "python3",
                    "-c",
                    "import boto3; boto3.client('sts', region_name='eu-west-1').get_caller_identity()")),
            "boto3");
    assertThat(sdk.exit()).isNotZero();
    assertThat(sdk.err()).contains("run `jvault unlock child`");
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(jvault.run("status").ok())
                .contains("child: needs the vault's passphrase: run `jvault unlock child`."));

    jvault.set("JVAULT_PASSPHRASE", Jvault.PASSPHRASE);
    assertThat(jvault.run("unlock", "child").exit()).isZero();
    assertThat(get(before)).contains("200");
    assertThat(jvault.run("status").ok()).doesNotContain("needs the vault's passphrase");
  }

  @Test
  void aSubstitutePortIsKeptAndTheWantedOneIsTakenBackWithoutBreakingAnyone() throws IOException {
    serve("--profile", "child");
    int wanted = wanted();
    jvault.killDaemon();
    Map<String, String> substitute;
    try (var _ = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      CommandResult told = jvault.run("server", "--profile", "child", "--background");
      assertThat(told.ok())
          .contains("Port " + wanted + " is taken by java")
          .contains("and remembers it")
          .contains("these stay the same over restarts");
      substitute = told.variables();
      assertThat(port(substitute)).isNotEqualTo(wanted);
      jvault.killDaemon();
      assertThat(serve("--profile", "child")).as("the same one again").isEqualTo(substitute);
      assertThat(jvault.run("restart").ok()).contains("has restarted");
      assertThat(serve("--profile", "child")).as("after a handover").isEqualTo(substitute);
    }

    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(jvault.run("status").ok())
                .contains("endpoint   http://127.0.0.1:" + wanted)
                .contains("Port " + port(substitute) + " answers too"));
    assertThat(jvault.run("doctor").out())
        .contains("jvault answers on its own port, " + wanted + ".")
        .contains("http://127.0.0.1:" + wanted + " gave the credentials of child");

    assertThat(get(substitute)).contains("200");
    assertThat(port(serve("--profile", "child"))).isEqualTo(wanted);
    assertThat(jvault.run("restart").ok()).contains("has restarted");
    assertThat(get(substitute)).as("after a handover").contains("200");
    assertThat(get(serve("--profile", "child"))).contains("200");
    jvault.killDaemon();
    assertThat(get(serve("--profile", "child"))).contains("200");
    assertThat(get(substitute)).as("after a crash").contains("200");
  }

  private int wanted() {
    return Integer.parseInt(
        jvault.run("status", "--json").ok().replaceFirst("(?s).*\"wantedPort\": (\\d+).*", "$1"));
  }

  private Map<String, String> serve(String... options) {
    var words = new ArrayList<>(List.of("server", "--background"));
    words.addAll(List.of(options));
    return jvault.run(words.toArray(String[]::new)).variables();
  }

  private static int port(Map<String, String> variables) {
    return URI.create(variables.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")).getPort();
  }

  /** The status of a request with the token in its file. */
  private String get(Map<String, String> variables) {
    String token;
    try {
      Path file = Path.of(variables.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"));
      token = Files.exists(file) ? Files.readString(file) : "gone";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jvault
        .finish(
            jvault.startCommand(
                Map.of(),
                List.of(
                    "curl",
                    "-s",
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                    "-H",
                    "Authorization: " + token,
                    variables.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))),
            "curl")
        .ok();
  }
}
