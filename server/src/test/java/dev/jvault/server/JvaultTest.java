package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jvault.clock.Clocks;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.Installation;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.FreePort;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start of a daemon, and the reasons why it fails. */
final class JvaultTest {
  @TempDir Path home;

  @SuppressWarnings("NullAway.Init")
  private RuntimeFiles files;

  @BeforeEach
  void locate() {
    files = in(home.resolve("jv"));
  }

  @Test
  void leavesOnlyItsStateWhenClosed() throws IOException {
    int port = FreePort.next();
    try (var jvault = start(files, port, false)) {
      assertThat(jvault).isNotNull();
      assertThat(files.controlSocket()).exists();
    }
    try (var ready = Files.list(files.readyFiles())) {
      assertThat(ready).isEmpty();
    }
    start(files, port, false).close();
  }

  @Test
  void namesTheHolderOfATakenPortAndReleasesItsLock() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      refused(files, port, ExitCode.DAEMON)
          .hasMessageContaining("Port " + port + " is taken")
          .hasMessageContaining("--port N");
    }
    start(files, FreePort.next(), false).close();
  }

  @Test
  void takesAnyFreePortIfItMay() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var jvault = start(files, taken.getLocalPort(), true)) {
      assertThat(jvault).isNotNull();
      String status = new ControlTestClient(files.controlSocket(), Map.of()).call("status").body();
      assertThat(status)
          .containsPattern("http://127\\.0\\.0\\.1:\\d+")
          .doesNotContain(":" + taken.getLocalPort() + "\n")
          .contains("  port       Port " + taken.getLocalPort() + " is taken by ");
      String server = new ControlTestClient(files.controlSocket(), Map.of()).call("server").body();
      assertThat(server).contains("\nPort " + taken.getLocalPort() + " is taken by ");
    }
    assertThat(files.state().resolve("port")).doesNotExist();
  }

  @Test
  void listensElsewhereIfThePathIsTooLongForASocketAndSaysWhere() throws IOException {
    RuntimeFiles there = in(home.resolve("x".repeat(100)));
    Path socket;
    try (var jvault = start(there, FreePort.next(), false)) {
      assertThat(jvault).isNotNull();
      socket = Path.of(Files.readString(there.controlSocket()).strip());
      assertThat(socket.toString().length()).isLessThan(104);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
      assertThat(answers(socket)).isTrue();

      Files.delete(socket);
      boolean _ = Files.deleteIfExists(socket.getParent());

      await().atMost(Patience.LIMIT).until(() -> listens(there));
      socket = Path.of(Files.readString(there.controlSocket()).strip());
    }
    assertThat(socket.getParent()).doesNotExist();
    assertThat(there.controlSocket()).doesNotExist();
  }

  @Test
  void makesItsFolderAndItsSocketAgainAtOnceIfTheyAreDeleted() throws IOException {
    int port = FreePort.next();
    try (var jvault = start(files, port, false)) {
      assertThat(jvault).isNotNull();
      for (int round = 0; round < 3; round++) {
        Files.move(files.run(), home.resolve("gone" + round));
        await().atMost(Patience.LIMIT).until(() -> listens(files));
      }
      assertThat(new ControlTestClient(files.controlSocket(), Map.of()).call("status").body())
          .contains("http://127.0.0.1:" + port);
    }
  }

  private static boolean listens(RuntimeFiles files) throws IOException {
    Path socket = files.controlSocket();
    return Files.exists(socket)
        && answers(
            Files.isRegularFile(socket) ? Path.of(Files.readString(socket).strip()) : socket);
  }

  private static boolean answers(Path socket) {
    return Files.exists(socket)
        && new ControlTestClient(socket, Map.of()).call("status").status() == 200;
  }

  @Test
  void replacesADamagedFileThatNamedASocket() throws IOException {
    start(files, FreePort.next(), false).close();
    Files.writeString(files.controlSocket(), "\0".repeat(40));
    try (var jvault = start(files, FreePort.next(), false)) {
      assertThat(jvault).isNotNull();
      assertThat(new ControlTestClient(files.controlSocket(), Map.of()).call("status").status())
          .isEqualTo(200);
    }
  }

  @Test
  void replacesTheSocketOfAKilledDaemon() throws IOException {
    start(files, FreePort.next(), false).close();
    Files.deleteIfExists(files.controlSocket());
    Files.createFile(files.controlSocket());
    Files.writeString(files.daemonLock(), "99999");
    try (var jvault = start(files, FreePort.next(), false)) {
      assertThat(jvault).isNotNull();
      assertThat(new ControlTestClient(files.controlSocket(), Map.of()).call("status").status())
          .isEqualTo(200);
    }
  }

  @Test
  @Attack("control-socket")
  void refusesARuntimeFolderThatIsOpenToOthers() throws IOException {
    Files.createDirectories(files.run());
    Files.setPosixFilePermissions(files.run(), PosixFilePermissions.fromString("rwxr-x---"));
    refused(files, FreePort.next(), ExitCode.FAULT)
        .hasMessageContaining("chmod 700 " + files.run());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Attack("control-socket")
  void refusesARuntimeFolderOfAnotherUser() throws IOException {
    RuntimeFiles there = new RuntimeFiles(files.vault(), files.state(), foreign());
    refused(there, FreePort.next(), ExitCode.FAULT).hasMessageContaining("belongs to another user");
  }

  /** A folder of another user: root gives one away, other users take one of root's. */
  private Path foreign() throws IOException {
    Path folder = Files.createDirectory(home.resolve("given-away"));
    if (!Files.getAttribute(folder, "unix:uid").equals(0)) {
      return Path.of("/usr");
    }
    Files.setAttribute(folder, "unix:uid", 65_534);
    return folder;
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
      RuntimeFiles files, int port, ExitCode code) {
    return assertThatThrownBy(() -> start(files, port, false))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(code));
  }

  private static Jvault start(RuntimeFiles files, int port, boolean fallback) {
    return Jvault.start(
        new ServerConfig(
            files,
            OptionalInt.of(port),
            fallback,
            Installation.of("/opt/jvault/bin/jvault"),
            files.state()),
        _ -> Patience.LIMIT,
        Clocks.system());
  }

  private static RuntimeFiles in(Path folder) {
    return RuntimeFiles.of(Map.of("JVAULT_HOME", folder.toString()), "Linux");
  }
}
