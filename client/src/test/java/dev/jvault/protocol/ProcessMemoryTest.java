package dev.jvault.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessMemoryTest {
  private final List<String> calls = new ArrayList<>();

  /** A library that writes down its calls, of which the named one fails. */
  private ProcessMemory.Library failing(String name) {
    return new ProcessMemory.Library() {
      @Override
      public int prctl(int option, long value) {
        return call("prctl", option + "," + value);
      }

      @Override
      public int ptrace(int request) {
        return call("ptrace", Integer.toString(request));
      }

      @Override
      public int setLimitToZero(int resource) {
        return call("setrlimit", Integer.toString(resource));
      }

      private int call(String function, String arguments) {
        calls.add(function + "(" + arguments + ")");
        return function.equals(name) ? -1 : 0;
      }
    };
  }

  @Test
  void aProcessOnLinuxMustNotBeDumped() {
    assertThat(ProcessMemory.close("Linux", failing("none"))).isTrue();
    assertThat(calls).containsExactly("prctl(4,0)");
  }

  @Test
  void aProcessOnMacOsRefusesDebuggersAndHasNoCoreFile() {
    assertThat(ProcessMemory.close("Mac OS X", failing("none"))).isTrue();
    assertThat(calls).containsExactly("ptrace(31)", "setrlimit(4)");
  }

  @Test
  void aFailureIsReported() {
    assertThat(ProcessMemory.close("Linux", failing("prctl"))).isFalse();
    assertThat(ProcessMemory.close("Mac OS X", failing("ptrace"))).isFalse();
    assertThat(ProcessMemory.close("Mac OS X", failing("setrlimit"))).isFalse();
    assertThat(ProcessMemory.close("Windows 11", failing("none"))).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Attack("closed-memory")
  void theMemoryOfAClosedProcessBelongsToRoot() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Closed.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("closed: true, own: true");
      assertThat(OwnUid.of(Path.of("/proc", Long.toString(process.pid()), "mem"))).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that closes its memory, says whether it still knows its user, and waits. */
  static final class Closed {
    private Closed() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Files.createTempFile("own", "");
      boolean own = ProcessMemory.close() && OwnUid.owns(file);
      Files.delete(file);
      System.out.println("closed: " + ProcessMemory.close() + ", own: " + own);
      int _ = System.in.read();
    }
  }
}
