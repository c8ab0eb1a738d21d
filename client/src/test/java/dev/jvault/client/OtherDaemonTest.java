package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Daemons of another version, broken daemons, and daemons that left only their socket behind. */
final class OtherDaemonTest {
  private static final String OLDER =
      "HTTP/1.1 200 OK\r\nJvault-Protocol: 0\r\nJvault-Program: 0.0.9\r\n"
          + "Content-Length: 3\r\n\r\nold";

  private static final String WITHOUT_THE_ROUTE =
      "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

  @TempDir Path home;
  private ClientRun client;

  @BeforeEach
  void prepare() {
    client = new ClientRun(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OLDER,
        "HTTP/1.1 426 Upgrade Required\r\nJvault-Program: 0.0.9\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 426 No\r\nJvault-Protocol: 2\r\nJvault-Program: 0.0.9\r\n\r\n"
      })
  void areReportedIfTheySpeakAnotherProtocol(String answer) {
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenRaw(answer);

      assertThat(client.run("list")).isEqualTo(8);
      assertThat(client.error())
          .isEqualTo(
              "jvault: The running daemon is jvault 0.0.9 and this is jvault 0.1.0, which do not"
                  + " understand each other; run `jvault stop`, then try again.\n");
      assertThat(client.out()).isEmpty();
    }
  }

  @Test
  void mayRefuseWithASentence() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenRaw(FakeDaemon.head("503 No") + FakeDaemon.sized("jvault is stopping."));

      assertThat(client.run("list")).isEqualTo(8);
      assertThat(client.error()).isEqualTo("jvault: jvault is stopping.\n");
      assertThat(client.out()).isEmpty();
    }
  }

  @Test
  void areStoppedWhateverTheirVersion() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    try (var daemon = new FakeDaemon(home)) {
      Files.writeString(home.resolve("run/daemon.lock"), process.pid() + "\n");
      daemon.thenRaw(WITHOUT_THE_ROUTE).thenRaw(OLDER).endsAfter(2);
      Thread ending =
          Thread.ofVirtual()
              .start(() -> {
                daemon.awaitRequest("POST /verbs/stop");
                process.destroy();
              });

      assertThat(client.run("stop")).isZero();
      assertThat(client.out()).isEqualTo("jvault has stopped.\n");
      ending.join();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void areEndedByASignalIfTheyRefuseStop() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    try (var daemon = new FakeDaemon(home)) {
      Files.writeString(home.resolve("run/daemon.lock"), process.pid() + "\n");
      daemon.thenRaw(WITHOUT_THE_ROUTE).thenRaw("HTTP/1.1 426 No\r\n\r\n");

      assertThat(client.run("stop")).isZero();
      // The JVM may learn of the end of its child a moment later.
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void areAskedToStopBeforeExec() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenRefuses("412 No", ErrorCode.PROGRAM_MISMATCH);
      daemon.thenRaw(FakeDaemon.head("200 OK").replace("0.1.0", "0.2.0") + FakeDaemon.sized(""));
      daemon.thenRefuses("404 No", ErrorCode.UNKNOWN_VERB);
      daemon.then(8, "It serves a build", "");

      assertThat(client.run("exec", "dev")).isEqualTo(8);
      assertThat(client.error()).isEqualTo("jvault: It serves a build\n");
      assertThat(daemon.requests().get(0)).contains("required.program=0.1.0");
      assertThat(daemon.requests().get(1)).startsWith("GET /daemon");
      assertThat(daemon.requests().get(2)).startsWith("POST /verbs/handover ");
      assertThat(daemon.requests().get(3)).startsWith("POST /verbs/stop-if-idle ");
    }
  }

  @Test
  void areNotReplacedIfAnotherClientHasReplacedThemAlready() {
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenRefuses("412 No", ErrorCode.PROGRAM_MISMATCH);
      daemon.thenRaw(FakeDaemon.head("200 OK") + FakeDaemon.sized(""));
      daemon.then(0, "", "jvault-plan 1\nend\n");

      assertThat(client.run("exec", "dev")).isZero();
      assertThat(daemon.requests()).hasSize(3);
      assertThat(daemon.requests().getLast())
          .startsWith("POST /verbs/exec ")
          .doesNotContain("required.program");
    }
  }

  @Test
  void ofAnotherProtocolMustBeStoppedByTheUserBeforeExec() {
    try (var daemon = new FakeDaemon(home)) {
      String refusal = "HTTP/1.1 426 No\r\nJvault-Program: 0.0.9\r\n\r\n";
      daemon.thenRaw(refusal).thenRaw(WITHOUT_THE_ROUTE).thenRaw(refusal);

      assertThat(client.run("exec", "dev")).isEqualTo(8);
      assertThat(client.error()).contains("jvault 0.0.9", "run `jvault stop`");
      assertThat(daemon.requests().getLast()).startsWith("POST /verbs/stop-if-idle ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nJvault-Proto",
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 xyz OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nJvault-Protocol: 3\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nJvault-Protocol: 3\r\nContent-Length: x\r\n\r\nshort"
      })
  void thatCloseTheConnectionAreReportedInOneSentence(String answer) {
    try (var daemon = new FakeDaemon(home)) {
      daemon.thenRaw(answer);

      assertThat(client.run("list")).isEqualTo(8);
      assertThat(client.error())
          .contains("closed the connection before it had answered")
          .hasLineCount(1);
    }
  }

  @Test
  void thatWereKilledAreNotFoundByTheSocketTheyLeft() throws IOException {
    Path run = Files.createDirectories(home.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    var address = UnixDomainSocketAddress.of(run.resolve("control.sock"));
    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address).close();

    assertThat(run.resolve("control.sock")).exists();
    assertThat(client.run("status")).isZero();
    assertThat(client.out()).isEqualTo("jvault is not running.\n");
  }

  @Test
  @Attack("control-socket")
  void areNotSearchedInAFolderThatIsOpenToOthers() throws IOException {
    Path run = Files.createDirectories(home.resolve("run"));
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(client.run("status")).isEqualTo(8);
    assertThat(client.error()).contains("is open to others");
  }

  @Test
  @Attack("control-socket")
  void areNotSearchedBehindALink() throws IOException {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    Files.createSymbolicLink(home.resolve("run"), elsewhere);

    assertThat(client.run("status")).isEqualTo(8);
    assertThat(client.error()).contains("is not a folder");
  }

  @Test
  void areNotSearchedAtAPathThatIsTooLongForASocket() {
    client.environment.put("JVAULT_HOME", home.resolve("x".repeat(100)).toString());

    assertThat(client.run("status")).isZero();
    assertThat(client.out()).isEqualTo("jvault is not running.\n");
  }
}
