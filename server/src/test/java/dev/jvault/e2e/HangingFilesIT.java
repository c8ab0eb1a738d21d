package dev.jvault.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.demo.StandInSts;
import dev.jvault.protocol.ProcessState;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A config that names pipes, and files that hang in the kernel as those of a network drive whose
 * server is gone: another process has a lease on them, so that opening them waits for 45 seconds.
 */
final class HangingFilesIT {
  /** More than there are processors, and so more than carriers of virtual threads. */
  private static final int MANY = Runtime.getRuntime().availableProcessors() + 2;

  /** The numbers of open and openat on x86-64, and of openat on arm64. */
  private static final Set<String> OPEN = Set.of("2", "257", "56");

  private static final String LEASES =
      """
      import fcntl, os, signal, sys, time
      signal.signal(signal.SIGIO, signal.SIG_IGN)
      for path in sys.argv[1:]:
          fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
          fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK)
      print("held", flush=True)
      time.sleep(600)
      """;

  private final List<Process> started = new ArrayList<>();
  private StandInSts sts;
  private Jvault jvault;

  @BeforeEach
  void start() throws IOException {
    sts = new StandInSts(Jvault.key(), Duration.ofHours(1), InstantSource.system());
    jvault =
        new Jvault("[profile dev]\nregion = eu-west-1\n")
            .set("AWS_ENDPOINT_URL_STS", sts.endpoint().toString())
            .withKeyFor("dev");
    jvault.run("exec", "dev", "--", "true").ok();
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    jvault.close();
    sts.close();
  }

  @Test
  @Attack("regular-files")
  void pipesInAConfigHoldNothingUp() throws Exception {
    List<Path> pipes = files("pipe");
    for (Path pipe : pipes) {
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    }
    webIdentities(pipes);
    for (int number = 0; number < MANY; number++) {
      jvault
          .run("exec", "web-" + number, "--", "true")
          .refused(3, pipes.get(number) + " is not a regular file");
    }
    theDaemonAnswers();
    Path pipe = pipes.getFirst();
    jvault
        .run(Map.of("AWS_CONFIG_FILE", pipe.toString()), "list")
        .refused(3, pipe + " is not a regular file");
    jvault
        .run(
            Map.of("AWS_CA_BUNDLE", pipe.toString(), "AWS_ENDPOINT_URL_STS", "https://localhost:1"),
            "exec",
            "dev",
            "--",
            "true")
        .refused(3, "The CA bundle " + pipe + " is not a regular file");
    theDaemonAnswers();
  }

  @Test
  @Attack("regular-files")
  void filesThatHangHoldNobodyElseUp() throws Exception {
    List<Path> files = leased("token");
    webIdentities(files);
    List<Process> waiting = commands();
    theDaemonAnswers();
    for (int number = 0; number < MANY; number++) {
      jvault
          .finish(waiting.get(number), "exec web-" + number)
          .refused(7, files.get(number) + " does not answer within 5 s");
    }
    theDaemonAnswers();
  }

  @Test
  @Attack("regular-files")
  void aConfigFileThatHangsIsRefused() throws Exception {
    Path file = leased("config").getFirst();
    jvault
        .run(Map.of("AWS_CONFIG_FILE", file.toString()), "list")
        .refused(3, file + " does not answer within 5 s");
    theDaemonAnswers();
  }

  /** What hangs still hangs when this ends: the leases last for 45 seconds. */
  @Test
  @Attack("ends-in-time")
  void aSignalEndsTheDaemonWhateverHangs() throws Exception {
    webIdentities(leased("token"));
    List<Process> waiting = commands();
    ProcessHandle daemon = jvault.daemon().orElseThrow();
    await().until(() -> hanging(daemon) == MANY);
    assertThat(daemon.destroy()).isTrue();
    await().atMost(Duration.ofSeconds(30)).until(() -> !ProcessState.alive(daemon.pid()));
    assertThat(jvault.folder().resolve("run/control.sock")).doesNotExist();
    for (Process command : waiting) {
      assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @Attack("ends-in-time")
  void stopEndsTheDaemonWhateverHangs() throws Exception {
    webIdentities(leased("token"));
    List<Process> _ = commands();
    ProcessHandle daemon = jvault.daemon().orElseThrow();
    await().until(() -> hanging(daemon) == MANY);
    assertThat(jvault.run("stop").ok()).isEqualTo("jvault has stopped.\n");
    assertThat(ProcessState.alive(daemon.pid())).isFalse();
  }

  /** How many threads of the daemon look at a file. */
  private static long hanging(ProcessHandle daemon) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(daemon.pid()), "task"))) {
      return threads.filter(HangingFilesIT::opensAFile).count();
    }
  }

  private static boolean opensAFile(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).startsWith("files-")
          && OPEN.contains(Files.readString(thread.resolve("syscall")).split(" ", 2)[0]);
    } catch (IOException _) {
      return false;
    }
  }

  private void theDaemonAnswers() {
    assertThat(jvault.run("exec", "dev", "--", "echo", "unharmed").ok()).isEqualTo("unharmed\n");
    assertThat(jvault.run("list").ok()).contains("dev");
    assertThat(jvault.run("status").ok()).contains("running");
  }

  /** One command for each profile, each of which waits for its file. */
  private List<Process> commands() {
    List<Process> all =
        IntStream.range(0, MANY)
            .mapToObj(number -> jvault.start(Map.of(), "exec", "web-" + number, "--", "true"))
            .toList();
    started.addAll(all);
    return all;
  }

  private void webIdentities(List<Path> tokens) throws IOException {
    var config = new StringBuilder(Files.readString(jvault.config()));
    for (int number = 0; number < MANY; number++) {
      config.append(
          "[profile web-%d]\nrole_arn = arn:aws:iam::222222222222:role/web\nweb_identity_token_file = %s\n"
              .formatted(number, tokens.get(number)));
    }
    Files.writeString(jvault.config(), config);
  }

  private List<Path> files(String name) {
    return IntStream.range(0, MANY)
        .mapToObj(number -> jvault.home().resolve(name + "-" + number))
        .toList();
  }

  private List<Path> leased(String name) throws IOException {
    List<Path> files = files(name);
    var command = new ArrayList<>(List.of("python3", "-c", LEASES));
    files.forEach(file -> command.add(file.toString()));
    Process holder = new ProcessBuilder(command).start();
    started.add(holder);
    assertThat(holder.inputReader().readLine()).isEqualTo("held");
    return files;
  }
}
