package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class ProcessStateTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void aRunningProcessIsAliveUntilItEnds() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    assertThat(ProcessState.alive(process.pid())).isTrue();
    assertThat(ProcessState.awaitEnd(process.pid(), Duration.ZERO)).isFalse();

    process.destroyForcibly();

    assertThat(ProcessState.awaitEnd(process.pid(), LONG)).isTrue();
    assertThat(ProcessState.alive(process.pid())).isFalse();
  }

  @Test
  void aZombieIsDead() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.3 & echo $!; exec sleep 600").start();
    try {
      long zombie = Long.parseLong(parent.inputReader().readLine());

      assertThat(ProcessState.awaitEnd(zombie, LONG)).isTrue();
      assertThat(ProcessState.alive(zombie)).isFalse();
      ProcessState.end(zombie, LONG).get(60, TimeUnit.SECONDS);
      assertThat(ProcessHandle.of(zombie)).as("the JDK takes it for alive").isPresent();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aProgramWhoseFirstThreadHasEndedIsAlive() throws Exception {
    String script =
        """
        import ctypes, threading, time
        threading.Thread(target=lambda: time.sleep(600)).start()
        print("ready", flush=True)
        ctypes.CDLL(None).pthread_exit(None)
        """;
    Process process = new ProcessBuilder("python3", "-c", script).start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("ready");
      assertThat(ProcessState.alive(process.pid())).isTrue();
      assertThat(ProcessState.awaitEnd(process.pid(), Duration.ofMillis(200))).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void knowsWhenAProcessStartedAndOfNoneThatDoesNotExist() throws IOException {
    assertThat(ProcessState.startTicks(ProcessHandle.current().pid())).isPresent();
    assertThat(ProcessState.startTicks(1L << 31)).isEmpty();
    assertThat(ProcessState.alive(1L << 31)).isFalse();
  }
}
