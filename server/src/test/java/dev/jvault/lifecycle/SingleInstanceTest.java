package dev.jvault.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SingleInstanceTest {
  @TempDir Path folder;
  private Path lock = Path.of("/nowhere");

  @BeforeEach
  void name() {
    lock = folder.resolve("daemon.lock");
  }

  @Test
  void writesItsPidIntoTheLock() throws IOException {
    Files.writeString(lock, "99999999999999");
    try (var _ = SingleInstance.take(lock, 4711)) {
      assertThat(lock).hasContent("4711");
    }
  }

  @Test
  void namesTheProcessThatHoldsTheLock() throws Exception {
    Process holder = holder();
    try {
      assertThatThrownBy(() -> SingleInstance.take(lock, 4711))
          .isInstanceOfSatisfying(
              JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAEMON))
          .hasMessageContaining("already running (pid " + holder.pid() + ")");
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void takesTheLockOfAKilledProcess() throws Exception {
    Process holder = holder();
    holder.destroyForcibly();
    assertThat(holder.waitFor()).isNotZero();
    SingleInstance.take(lock, 4711).close();
    SingleInstance.take(lock, 4712).close();
    assertThat(lock).hasContent("4712");
  }

  @Test
  void reportsThatTheLockCannotBeTaken() {
    assertThatThrownBy(() -> SingleInstance.take(folder, 4711))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining(folder.toString());
  }

  private Process holder() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HoldsLock.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("held");
    return process;
  }
}
