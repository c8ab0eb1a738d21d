package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.testing.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A daemon whose sockets another process keeps, as systemd does. */
final class SocketActivationIT {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String KEEP =
      Path.of(System.getProperty("basedir", "")).resolve("src/test/systemd/keep.py").toString();

  private final int port = FreePort.next();
  private StandInSts sts;
  private Jvault jvault;
  private Optional<Process> keeper = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault = new Jvault("[profile root]\nregion = eu-west-1\n");
    Path passphrase = Files.writeString(jvault.home().resolve("passphrase"), Jvault.PASSPHRASE);
    jvault
        .set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString())
        .set("JVAULT_PASSPHRASE_FILE", passphrase.toString());
  }

  @AfterEach
  void stop() {
    keeper.ifPresent(one -> {
      one.descendants().forEach(ProcessHandle::destroy);
      one.destroy();
      await().atMost(LONGEST).until(() -> !one.isAlive());
    });
    jvault.close();
    sts.close();
  }

  @Test
  void theFirstVerbStartsTheDaemonOnTheSocketsOfSystemd() throws IOException {
    Path run = jvault.folder().resolve("run");
    Files.createDirectories(
        run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<String> command = new ArrayList<>(List.of("systemd-socket-activate"));
    jvault.environment().keySet().forEach(name -> command.addAll(List.of("-E", name)));
    command.addAll(
        List.of("-l", "127.0.0.1:" + port, "-l", "[::1]:" + port, "-l", socket().toString()));
    command.addAll(List.of(Jvault.program(), "--daemon", "--foreground"));
    keep(command);

    assertThat(jvault.run("status").ok()).contains("systemd starts it at the next request");
    assertThat(jvault.run("stop").ok()).contains("is not running");
    jvault.run("server").refused(8, "systemd keeps jvault's sockets");
    assertThat(jvault.daemon()).as("none of them starts it").isEmpty();

    jvault.withKeyFor("root");
    assertThat(jvault.run("status").ok())
        .contains("http://127.0.0.1:" + port)
        .contains("systemd keeps it and the port");
    assertThat(answer(port)).as("the endpoint answers").isEqualTo(404);

    CommandResult stopped = jvault.run("stop");
    assertThat(stopped.ok()).isEqualTo("jvault has stopped.\n");
    assertThat(stopped.err()).contains("systemctl --user stop jvault.socket");
    assertThat(socket()).as("the socket is systemd's").exists();
  }

  @Test
  void noClientNoticesThatTheDaemonRestartsOrEnds() throws IOException {
    keepWithThePassphrase("--idle-end", "900");
    jvault.withKeyFor("root");
    Map<String, String> container = containerVariables();
    Path asking = Files.createFile(jvault.home().resolve("asking"));
    Process client = jvault.startCommand(container, PollingClient.BOTO3.command(asking, 8));
    for (int time = 0; time < 2; time++) {
      assertThat(jvault.run("restart").ok()).startsWith("jvault has restarted: pid ");
      assertThat(jvault.run("stop").ok()).isEqualTo("jvault has stopped.\n");
    }
    assertThat(client.isAlive()).as("all of it while it asks").isTrue();
    Files.delete(asking);
    assertThat(jvault.finish(client, "a polling client").ok().strip()).endsWith(" 0");
    assertThat(sts.calls("GetSessionToken")).as("the session comes from the vault").isEqualTo(1);
  }

  @Test
  void anUnusedDaemonEndsAndTheNextRequestOfAnSdkIsAnswered() throws IOException {
    keepWithThePassphrase("--idle-end", "1");
    jvault.withKeyFor("root");
    Map<String, String> container = containerVariables();
    await().atMost(LONGEST).until(() -> jvault.daemon().isEmpty());

    assertThat(read(container)).contains("AccessKeyId");
    assertThat(jvault.daemon()).isPresent();
    assertThat(socket()).exists();
  }

  @Test
  void aDescriptorThatIsNoSocketIsRefused() {
    for (String wrong : List.of("exec 3</dev/null", "exec 3<&-")) {
      List<String> command =
          List.of(
              "bash",
              "-c",
              wrong + "; export LISTEN_PID=$$ LISTEN_FDS=1; exec \"$0\" --daemon --foreground",
              Jvault.program());
      CommandResult refused = jvault.finish(jvault.startCommand(Map.of(), command), wrong);
      assertThat(refused.exit()).as(refused.toString()).isEqualTo(8);
      assertThat(refused.out()).contains("descriptor 3").contains("is no listening socket");
    }
    assertThat(jvault.daemon()).isEmpty();
  }

  private void keepWithThePassphrase(String... options) {
    var command =
        new ArrayList<>(
            List.of(KEEP, "127.0.0.1:" + port, "::1:" + port, socket().toString(), "--"));
    command.addAll(List.of(Jvault.program(), "--daemon", "--foreground"));
    command.addAll(List.of(options));
    keep(command);
  }

  private void keep(List<String> command) {
    keeper = Optional.of(jvault.startCommand(Map.of(), command));
    await().atMost(LONGEST).until(() -> Files.exists(socket()));
  }

  private Path socket() {
    return jvault.folder().resolve("run/control.sock");
  }

  private Map<String, String> containerVariables() {
    String output =
        jvault
            .run("exec", "root", "--", "sh", "-c", "env | grep ^AWS_CONTAINER | grep -v _TOKEN=")
            .ok();
    var variables = new java.util.HashMap<String, String>();
    output
        .lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          variables.put(line.substring(0, equals), line.substring(equals + 1));
        });
    return variables;
  }

  private static String read(Map<String, String> container) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create(container.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
                .toURL()
                .openConnection();
    connection.setRequestProperty(
        "Authorization",
        Files.readString(Path.of(container.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"))));
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static int answer(int port) throws IOException {
    return ((HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/none").toURL().openConnection())
        .getResponseCode();
  }
}
