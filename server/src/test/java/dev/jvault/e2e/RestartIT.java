package dev.jvault.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.FreePort;
import dev.jvault.vault.NewIdentity;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code jvault restart} while fifty clients with real SDKs request credentials. */
final class RestartIT {
  private static final Pattern RESTARTED =
      Pattern.compile(
          "jvault has restarted: pid (\\d+) is followed by pid (\\d+), in \\d+ ms\\.\n");
  private static final int RESTARTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private StandInSts sts;
  private Path asking = Path.of("");
  private Jvault jvault;
  private Map<String, String> container = Map.of();
  private Map<String, String> metadata = Map.of();

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = Jvault.withRootAndChild(sts);
    asking = Files.createFile(jvault.home().resolve("asking"));
  }

  @AfterEach
  void stop() {
    jvault.close();
    sts.close();
  }

  @Test
  void noneOfFiftyClientsNoticesARestart() throws IOException {
    jvault.unset("JVAULT_PASSPHRASE").set("JVAULT_KEY_COMMAND", NewIdentity.command());
    serve();
    List<List<String>> commands = new ArrayList<>();
    for (PollingClient client : PollingClient.values()) {
      commands.add(client.command(asking, 9));
    }
    List<List<String>> ofMetadata =
        List.of(PollingClient.BOTO3.command(asking, 7), PollingClient.GO.command(asking, 7));
    List<Process> clients = new ArrayList<>();
    commands.forEach(command -> clients.add(jvault.startCommand(container, command)));
    ofMetadata.forEach(command -> clients.add(jvault.startCommand(metadata, command)));
    LockSupport.parkNanos(WARM_UP.toNanos());
    for (int time = 0; time < RESTARTS; time++) {
      restart();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    assertThat(clients).as("all of it while they ask").allMatch(Process::isAlive);
    Files.delete(asking);
    List<CommandResult> ran =
        clients.stream().map(client -> jvault.finish(client, "a polling client")).toList();
    assertThat(ran).allSatisfy(RestartIT::check);
    assertThat(sts.calls("AssumeRole")).as("sessions come from the vault").isEqualTo(1);
    assertThat(jvault.run("status").ok()).contains("child");
  }

  @Test
  void aRestartAsksForThePassphraseOnceAndNoClientNotices() throws IOException {
    serve();
    Process client = jvault.startCommand(container, PollingClient.BOTO3.command(asking, 4));
    LockSupport.parkNanos(PAUSE.toNanos());
    restart();
    Files.delete(asking);
    check(jvault.finish(client, "a polling client"));
  }

  @Test
  void theOldDaemonAnswersARequestThatItHasBegunToRead() throws Exception {
    serve();
    URI uri = URI.create(container.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
    String token =
        Files.readString(Path.of(container.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")));
    String begin = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    String end = "Authorization: " + token + "\r\n\r\n";
    try (var connection = new Socket(uri.getHost(), uri.getPort())) {
      write(connection, begin + end + begin);
      restart();
      LockSupport.parkNanos(PAUSE.toNanos());
      write(connection, end);
      String answers = new String(connection.getInputStream().readAllBytes(), UTF_8);
      assertThat(answers.split("HTTP/1.1 200 OK")).as(answers).hasSize(3);
    }
  }

  @Test
  void aRestartIsRefusedInAdvanceIfThePassphraseIsUnknown() {
    serve();
    long daemon = jvault.daemon().orElseThrow().pid();
    CommandResult ran = jvault.unset("JVAULT_PASSPHRASE").run("restart");
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(5);
    assertThat(ran.err()).contains("passphrase").contains("jvault restart");
    assertThat(jvault.daemon().orElseThrow().pid()).isEqualTo(daemon);
    assertThat(jvault.run("exec", "child", "--", "echo", "went well").ok()).contains("went well");
  }

  @Test
  void restartStartsADaemonIfNoneRuns() {
    assertThat(jvault.run("restart").ok()).contains("was not running");
    assertThat(jvault.daemon()).isPresent();
  }

  private static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(UTF_8));
  }

  private void serve() {
    jvault.withKeyFor("root");
    container = printed("--profile", "child");
    metadata = printed("--imds", "child=" + FreePort.next());
    assertThat(container).containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    assertThat(metadata).containsKey("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  }

  private Map<String, String> printed(String option, String value) {
    return jvault.run("server", option, value, "--background").variables();
  }

  private void restart() {
    long before = jvault.daemon().orElseThrow().pid();
    String output = jvault.run("restart").ok();
    Matcher matcher = RESTARTED.matcher(output);
    assertThat(matcher.matches()).as(output).isTrue();
    assertThat(matcher.group(1)).isEqualTo(Long.toString(before));
    assertThat(matcher.group(2)).isEqualTo(Long.toString(jvault.daemon().orElseThrow().pid()));
    assertThat(matcher.group(2)).isNotEqualTo(matcher.group(1));
  }

  /** The client prints how many requests succeeded, how many failed, and why. */
  private static void check(CommandResult ran) {
    String[] words = ran.ok().strip().split(" ", 3);
    assertThat(words[1]).as(ran.toString()).isEqualTo("0");
    assertThat(Integer.parseInt(words[0])).as(ran.toString()).isPositive();
  }
}
