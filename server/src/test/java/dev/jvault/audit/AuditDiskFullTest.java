package dev.jvault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import dev.jvault.testing.FakeClock;
import dev.jvault.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulates a full disk by a limit on the size of files, which any user may set. */
final class AuditDiskFullTest {
  @TempDir Path folder;

  @Test
  @Attack("audit")
  void losesLinesReportsItOnceAndNeverFails() throws Exception {
    Path path = folder.resolve("state/audit.log");
    String output = inALimitedProcess(path);

    assertThat(output)
        .contains("all taken")
        .containsPattern("audit entries missing in .*: 1[0-9] ");
    assertThat(output.split("event=audit_not_written", -1)).as(output).hasSize(2);
    String content = Files.readString(path);
    assertThat(content).as("a line was broken off").doesNotEndWith("\n");
    var clock = new FakeClock();
    try (var audit = new AuditLog(path, clock)) {
      audit.record(Issuances.of("afterwards", clock.instant()));
      assertThat(audit.read(new AuditFilter(Optional.empty(), Optional.empty(), 99)))
          .hasSize(content.split("\n", -1).length)
          .extracting(entry -> entry.issuance().profile().charAt(0))
          .contains('0', '1', 'a');
    }
  }

  private static String inALimitedProcess(Path path) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 8; exec \"$@\"",
                "sh",
                java.toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                ManyHandOuts.class.getName(),
                path.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).as(output).isTrue();
    return output;
  }

  /** Writes more entries than fit. */
  static final class ManyHandOuts {
    private ManyHandOuts() {}

    public static void main(String[] arguments) throws IOException {
      var clock = new FakeClock();
      try (var audit = new AuditLog(Path.of(arguments[0]), clock)) {
        for (int i = 0; i < 20; i++) {
          audit.record(Issuances.of(i + "x".repeat(600), clock.instant()));
        }
        System.out.println("all taken");
        System.out.println(audit.trouble().orElse("no trouble"));
      }
    }
  }
}
