package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SingleInstanceTest {
  /** Above the largest process id that Linux gives, so that it has no start. */
  private static final long NO_PROCESS = 4_194_305;

  @TempDir Path folder;
  private Path lock = Path.of("/nowhere");

  @BeforeEach
  void name() {
    lock = folder.resolve("daemon.lock");
  }

  @Test
  void writesItsPidIntoTheLock() throws IOException {
    Files.writeString(lock, "99999999999999");
    try (var _ = SingleInstance.take(lock, NO_PROCESS)) {
      assertThat(Files.readString(lock)).isEqualTo("4194305\n0\n");
    }
    assertThat(lock).isEmptyFile();
  }

  @Test
  void namesTheProcessThatHoldsTheLock() throws Exception {
    Process holder = holding();
    try {
      assertThatThrownBy(() -> SingleInstance.take(lock, 4711))
          .isInstanceOfSatisfying(
              JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAEMON))
          .hasMessageContaining("already running (pid " + holder.pid() + ")");
      assertThat(DaemonLock.read(lock).orElseThrow().living()).isTrue();
      assertThat(DaemonLock.held(lock)).isTrue();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void takesTheLockOfAKilledProcess() throws Exception {
    Process holder = holding();
    holder.destroyForcibly();
    assertThat(holder.waitFor()).isNotZero();
    assertThat(DaemonLock.read(lock).orElseThrow().living()).isFalse();
    assertThat(DaemonLock.held(lock)).isFalse();
    SingleInstance.take(lock, 4711).close();
    SingleInstance.take(lock, 4712).close();
  }

  @Test
  void isTakenAgainIfItsFileWasDeleted() throws Exception {
    try (SingleInstance instance = SingleInstance.take(lock, 4711)) {
      assertThat(instance.keep()).isTrue();
      Files.delete(lock);
      assertThat(instance.keep()).isTrue();
      // This process must not open the file: its lock would end when it closes the file.
      Process other = holder();
      try {
        assertThat(other.waitFor(1, TimeUnit.MINUTES)).as("another daemon ends").isTrue();
        assertThat(other.exitValue()).isNotZero();
      } finally {
        other.destroyForcibly();
      }
    }
  }

  @Test
  void isLostWithItsFolderOrToAnotherDaemon() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("vault")).resolve("daemon.lock");
    try (SingleInstance instance = SingleInstance.take(inside, 4711)) {
      Files.delete(inside);
      Files.delete(folder.resolve("vault"));
      assertThat(instance.keep()).isFalse();
    }
    try (SingleInstance instance = SingleInstance.take(lock, 4711)) {
      Files.delete(lock);
      Process other = holding();
      assertThat(instance.keep()).isFalse();
      other.destroyForcibly();
    }
  }

  @Test
  void reportsThatTheLockCannotBeTaken() {
    assertThatThrownBy(() -> SingleInstance.take(folder, 4711))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(folder.toString());
  }

  private Process holding() throws IOException {
    Process process = holder();
    assertThat(process.inputReader().readLine()).isEqualTo("held");
    return process;
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HoldsLock.class.getName(),
            lock.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
