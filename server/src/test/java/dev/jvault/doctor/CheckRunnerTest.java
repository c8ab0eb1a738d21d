package dev.jvault.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks run side by side, and none of them keeps the others or the user waiting. */
final class CheckRunnerTest {
  private static final ExaminedCaller CALLER = ExaminedCaller.of(Map.of(), "0.1.0");

  @Test
  void checksRunSideBySide() {
    var both = new CyclicBarrier(2);
    Look meets =
        () -> {
          try {
            both.await(60, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IOException(e);
          }
        };

    List<CheckResult> results =
        new CheckRunner().run(List.of(check("a", meets), check("b", meets)), CALLER, _ -> {});

    assertThat(results).extracting(CheckResult::id).containsExactly("a", "b");
    assertThat(results).allMatch(r -> r.findings().getFirst().severity() == Severity.OK);
  }

  @Test
  void aCheckThatHangsIsNamedAndBecomesAProblem() {
    var never = new CountDownLatch(1);
    var named = new ArrayList<String>();
    var runner = new CheckRunner(Duration.ofMillis(20), Duration.ofMillis(40));

    List<CheckResult> results =
        runner.run(
            List.of(
                check(
                    "drive",
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                    })),
            CALLER,
            named::addAll);
    never.countDown();

    assertThat(named).containsExactly("drive");
    assertThat(results.getFirst().findings().getFirst().severity()).isEqualTo(Severity.PROBLEM);
    assertThat(results.getFirst().findings().getFirst().what()).contains("gave no answer");
  }

  @Test
  void aCheckThatFailsBecomesAProblemAndLeavesTheOthersAlone() {
    List<CheckResult> results =
        new CheckRunner()
            .run(
                List.of(
                    check(
                        "config",
                        () -> {
                          throw new JvaultException(ExitCode.PROFILE, "HOME is relative.");
                        }),
                    check(
                        "file",
                        () -> {
                          throw new NoSuchFileException("/x");
                        }),
                    check(
                        "fault",
                        () -> {
                          throw new IllegalStateException("canary");
                        }),
                    check("well", () -> {})),
                CALLER,
                _ -> {});

    assertThat(results)
        .extracting(r -> r.findings().getFirst().severity())
        .containsExactly(Severity.PROBLEM, Severity.PROBLEM, Severity.PROBLEM, Severity.OK);
    assertThat(results.getFirst().findings().getFirst().what()).isEqualTo("HOME is relative.");
    assertThat(results.toString()).doesNotContain("canary");
  }

  private static Check check(String id, Look look) {
    return new Check() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public List<Finding> examine(ExaminedCaller caller) throws IOException {
        look.run();
        return List.of(Finding.ok("Fine."));
      }
    };
  }

  private interface Look {
    void run() throws IOException;
  }
}
