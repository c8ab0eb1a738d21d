package dev.jvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.Routes;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.AdjustableClock;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.vault.NewIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No sentence steers the program: client and daemon, each a process of its own, do the same with
 * every sentence changed.
 */
@EnabledOnOs(OS.LINUX)
final class SentencesTest {
  private static final String OTHER_VERSION = "9.9.9";

  @TempDir Path home;
  private final AdjustableClock clock = new AdjustableClock();
  private final String keyCommand = NewIdentity.command();
  private final List<Process> processes = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");
  private StandInSts sts;

  /**
   * What a client left behind.
   *
   * @param out its standard output and error
   */
  private record Result(int exit, String out) {}

  @BeforeEach
  void prepare() throws IOException {
    var key = new AccessKey(RunningJvault.KEY_ID, Secret.of(RunningJvault.KEY_SECRET));
    sts = new StandInSts(key, Duration.ofHours(1), clock);
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), RunningJvault.profiles(sts.endpoint()));
  }

  @AfterEach
  void stop() throws Exception {
    var _ = run("stop");
    processes.forEach(Process::destroyForcibly);
    sts.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void changeNothingButWhatTheUserReads(boolean reworded) throws Exception {
    if (reworded) {
      Path classes = home.resolve("classes");
      int texts = RewordedClasses.write(classes, JvaultException.class, RunningJvault.MAIN);
      assertThat(texts).isGreaterThan(500);
      classPath = classes + ":" + classPath;
    }
    launcher();

    twoClientsStartOneDaemon();
    aClientUsesADaemonThatAnotherOneIsStarting();
    commandsStartAndFailWithTheirStatus();
    aDaemonOfAnotherVersionIsReplaced();
    restartHandsOver();
    anotherProtocolIsRefusedAndMayStop();
    assertThat(run("stop").out().startsWith("jvault is not running.")).isNotEqualTo(reworded);
  }

  private void twoClientsStartOneDaemon() throws Exception {
    Process first = start(ProgramVersion.CURRENT, "list");
    Process second = start(ProgramVersion.CURRENT, "list");
    assertThat(List.of(first.waitFor(), second.waitFor())).containsExactly(0, 0);
    assertThat(starts()).isEqualTo(1);
    assertThat(run("add", "--env", "dev").exit()).isZero();
    assertThat(run("add", "--env", "mfa").exit()).isZero();
    assertThat(run("stop").exit()).isZero();
  }

  /** The other one has the lock already, and not yet its socket. */
  private void aClientUsesADaemonThatAnotherOneIsStarting() throws Exception {
    Process client;
    try (var lock = FileChannel.open(files().daemonLock(), StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      int before = starts();
      client = start(ProgramVersion.CURRENT, "list");
      await().until(() -> refusals() == 1);
      assertThat(starts()).isEqualTo(before);
    }
    assertThat(run("server", "--background").toString()).contains("exit=0");
    assertThat(client.waitFor()).isZero();
  }

  private void commandsStartAndFailWithTheirStatus() throws Exception {
    assertThat(run("exec", "dev", "--", "true").out()).contains("shift 3\njvault-plan 1\n");
    assertThat(run("exec", "nobody", "--", "true").exit()).isEqualTo(3);
    assertThat(run("exec", "mfa", "--", "true").exit()).isEqualTo(5);
    assertThat(run("server").exit()).isEqualTo(8);
    assertThat(run("frobnicate").exit()).isEqualTo(2);
    assertThat(run("list", "--frobnicate").exit()).isEqualTo(2);
    assertThat(caller().call("frobnicate").header(Routes.ERROR))
        .isEqualTo(ErrorCode.UNKNOWN_VERB.text());
  }

  private void aDaemonOfAnotherVersionIsReplaced() throws Exception {
    long before = pid();
    Result result = result(start(OTHER_VERSION, "exec", "dev", "--", "true"));
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("jvault-plan 1\n");
    assertThat(pid()).isNotEqualTo(before);
  }

  private void restartHandsOver() throws Exception {
    long before = pid();
    int calls = sts.calls("GetSessionToken");
    Result result = run("restart");
    assertThat(result.exit()).isZero();
    assertThat(pid()).isNotEqualTo(before);
    assertThat(result.out()).contains(" " + before + " ", " " + pid() + ",");
    assertThat(run("exec", "dev", "--", "true").exit()).isZero();
    assertThat(sts.calls("GetSessionToken")).isEqualTo(calls);
  }

  private void anotherProtocolIsRefusedAndMayStop() {
    long pid = pid();
    ControlResponse refused = caller().speaking("1").call("list");
    assertThat(refused.status()).isEqualTo(426);
    assertThat(refused.header(Routes.ERROR)).isEqualTo(ErrorCode.PROTOCOL_MISMATCH.text());
    assertThat(caller().speaking("1").call("stop").exit()).isZero();
    await().until(() -> ended(pid));
  }

  private long pid() {
    return Long.parseLong(
        caller().speaking("1").exchange("GET", Routes.DAEMON, "").header(Routes.PID));
  }

  private static boolean ended(long pid) {
    return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
  }

  private ControlTestClient caller() {
    return new ControlTestClient(files().controlSocket(), Map.of("HOME", home.toString()));
  }

  private RuntimeFiles files() {
    return RuntimeFiles.of(Map.of("JVAULT_HOME", home.resolve("jv").toString()), "Linux");
  }

  private int starts() throws IOException {
    return Files.readString(files().log()).split("event=started", -1).length - 1;
  }

  /** How often a daemon ended before it was ready, as the launcher takes it down. */
  private int refusals() throws IOException {
    Path record = home.resolve("refusals");
    return Files.exists(record) ? Files.readAllLines(record).size() : 0;
  }

  private Result run(String... words) throws Exception {
    return result(start(ProgramVersion.CURRENT, words));
  }

  private static Result result(Process client) throws Exception {
    String out = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(client.waitFor(), out);
  }

  private Process start(String version, String... words) throws IOException {
    // Without a terminal: a question must not reach the one that the tests run on.
    var command = new ArrayList<>(List.of("setsid"));
    command.addAll(java("client.Main"));
    command.addAll(2, List.of("-Djvault.version=" + version, "-Djvault.launcher=" + script()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "JVAULT_HOME",
                home.resolve("jv").toString(),
                "PATH",
                "/usr/bin:/bin",
                "AWS_ACCESS_KEY_ID",
                RunningJvault.KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                RunningJvault.KEY_SECRET,
                "JVAULT_KEY_COMMAND",
                keyCommand));
    Process client = builder.start();
    client.getOutputStream().close();
    processes.add(client);
    return client;
  }

  private List<String> java(String main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        "dev.jvault." + main);
  }

  private Path script() {
    return home.resolve("bin/jvault");
  }

  private void launcher() throws IOException {
    Files.createDirectories(script().resolveSibling("."));
    String daemon = "'" + String.join("' '", java("server.Main")) + "'";
    Files.writeString(
        script(),
        "#!/bin/sh\n%s \"$@\" || echo $? >>'%s'\n".formatted(daemon, home.resolve("refusals")));
    Files.setPosixFilePermissions(script(), PosixFilePermissions.fromString("rwx------"));
  }
}
