package dev.jvault.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the client finds a daemon whose control socket is not beside the vault, or is nowhere. */
final class DaemonSearchTest {
  @TempDir Path folder;
  private Path home = Path.of("/nowhere");
  private ClientRun client = new ClientRun(Path.of("/nowhere"));
  private Process process;

  @BeforeEach
  void prepare() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    client = new ClientRun(home);
    process = start(Map.of("HOME", home.toString()));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void aSocketElsewhereIsNamedByAFileBesideTheVault() throws IOException {
    Path socket = folder.resolve("elsewhere/control.sock");
    try (var daemon = FakeDaemon.at(socket)) {
      name(socket.toString());
      daemon.then(0, "", "listed\n");

      assertThat(client.run("list")).isZero();
      assertThat(client.out()).isEqualTo("listed\n");
    }
  }

  @Test
  @Attack("control-socket")
  void aSocketElsewhereIsIgnoredIfOthersCanReachItsFolder() throws IOException {
    Path socket = folder.resolve("elsewhere/control.sock");
    try (var daemon = FakeDaemon.at(socket)) {
      name(socket.toString());
      mode(socket.resolveSibling(""), "rwxrwxrwx");

      assertThat(client.run("status")).isZero();
      assertThat(client.out()).isEqualTo("jvault is not running.\n");
      assertThat(daemon.requests()).isEmpty();
    }
  }

  @Test
  void aDamagedFileBesideTheVaultNamesNoSocket() throws IOException {
    name("\0".repeat(40));

    assertThat(client.run("status")).isZero();
    assertThat(client.out()).isEqualTo("jvault is not running.\n");
  }

  @Test
  void statusDoesNotSayThatNoneRunsWhileOneHasTheVault() throws IOException {
    lock(DaemonLock.of(process.pid()));

    assertThat(client.run("status")).isEqualTo(8);
    assertThat(client.error())
        .isEqualTo(
            "jvault: The jvault daemon (pid %1$d) has the vault and does not answer; see `jvault log`,"
                    .formatted(process.pid())
                + " or end it with `kill %d`.\n".formatted(process.pid()));
    assertThat(client.out()).isEmpty();
  }

  @Test
  void stopEndsADaemonThatCannotBeReached() throws Exception {
    lock(DaemonLock.of(process.pid()));

    assertThat(client.run("stop")).isZero();
    assertThat(client.out()).isEqualTo("jvault has stopped.\n");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** Its process does not even take a signal, as one that was stopped. */
  @Test
  @Attack("ends-in-time")
  void stopEndsADaemonThatTakesTheConnectionAndNeverAnswers() throws Exception {
    lock(DaemonLock.of(process.pid()));
    mode(Files.createDirectory(home.resolve("run")), "rwx------");
    assertThat(new ProcessBuilder("kill", "-STOP", process.pid() + "").start().waitFor()).isZero();
    try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(home.resolve("run/control.sock")));

      assertThat(client.run("stop")).isZero();
    }
    assertThat(client.out()).isEqualTo("jvault has stopped.\n");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLaterProcessWithThePidOfADeadDaemonIsNone() throws IOException {
    lock(new DaemonLock(process.pid(), 1));

    assertThat(client.run("stop")).isZero();
    assertThat(client.out()).isEqualTo("jvault is not running.\n");
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDaemonOfAnOlderVersionIsFoundInTheRuntimeFolder() throws IOException {
    try (var daemon = former(process)) {
      daemon.then(0, "", "listed\n");

      assertThat(client.run("list")).isZero();
      assertThat(client.out()).isEqualTo("listed\n");
      assertThat(client.run("server")).isEqualTo(8);
      assertThat(client.error()).contains("of an older version", "jvault stop");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDaemonOfAnOlderVersionWithAnotherVaultIsNotAsked() throws IOException {
    Process other = start(Map.of("HOME", folder.resolve("other").toString()));
    try (var daemon = former(other)) {
      assertThat(client.run("status")).isZero();
      assertThat(client.out()).isEqualTo("jvault is not running.\n");
      assertThat(daemon.requests()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  /** A daemon of an older version whose process has the variables of this one. */
  private FakeDaemon former(Process variables) throws IOException {
    client.environment.clear();
    client.environment.put("HOME", home.toString());
    client.environment.put("XDG_RUNTIME_DIR", folder.toString());
    FakeDaemon daemon = FakeDaemon.at(folder.resolve("jvault/control.sock"));
    Files.writeString(folder.resolve("jvault/daemon.lock"), variables.pid() + "");
    return daemon;
  }

  private static Process start(Map<String, String> variables) throws IOException {
    var builder = new ProcessBuilder("/bin/sleep", "600");
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }

  private void lock(DaemonLock lock) throws IOException {
    Path vault = Files.createDirectory(home.resolve("vault"));
    Files.writeString(vault.resolve("daemon.lock"), lock.content());
  }

  private void name(String socket) throws IOException {
    Path run = Files.createDirectory(home.resolve("run"));
    mode(run, "rwx------");
    Files.writeString(run.resolve("control.sock"), socket + "\n");
  }

  private static void mode(Path folder, String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }
}
