package dev.jvault.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.doctor.CheckRunner;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.RuntimeFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of {@code doctor} where no daemon can run or answer. */
final class DoctorWithoutDaemonTest {
  @TempDir Path home;

  @Test
  void namesTheChecksThatTakeLongAndKeepsTheJsonClean() {
    var out = new ByteArrayOutputStream();
    var error = new ByteArrayOutputStream();
    Map<String, String> environment =
        Map.of("HOME", home.toString(), "JVAULT_HOME", home.resolve("jv").toString());
    var runner = new CheckRunner(Duration.ZERO, Duration.ofMinutes(1));

    ExitCode exit =
        new DoctorWithoutDaemon(
                RuntimeFiles.of(environment, "Linux"),
                environment,
                runner,
                InstantSource.fixed(Instant.parse("2026-08-24T10:00:00Z")))
            .run(
                List.of("--doctor", "--json", "--reason", "No daemon."),
                stream(out),
                stream(error));

    assertThat(exit).isEqualTo(ExitCode.PROBLEMS);
    assertThat(error.toString(StandardCharsets.UTF_8)).startsWith("jvault: Still waiting for: ");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("{")
        .contains("\"time\": \"2026-08-24T10:00:00Z\"", "No daemon.")
        .doesNotContain("Still waiting");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
