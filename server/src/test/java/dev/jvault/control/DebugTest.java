package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.protocol.Routes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --debug} tells of a call. */
final class DebugTest {
  @TempDir Path home;
  private VerbRunner runner;

  @BeforeEach
  void start() {
    runner = VerbRunner.withKeys(home);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  private VerbRunner.Caller debugging() {
    return runner.caller().with(Routes.CALLER_DEBUG + "=true");
  }

  @Test
  void tellsWhichSourcesAreAskedAndWhichSessionsAreThere() {
    debugging().exec("deploy");

    assertThat(runner.told()).first().asString().contains("begins exec");
    assertThat(runner.told()).last().asString().endsWith("exec has ended with status 0");
    assertThat(String.join("\n", runner.told()))
        .containsSubsequence("no session in memory", "asking its source", "issued until");
    assertThat(runner.told()).allMatch(line -> line.matches("\\d+\\.\\d{3} s  .+"));

    runner.told().clear();
    debugging().exec("deploy");
    assertThat(String.join("\n", runner.told()))
        .contains("session from memory")
        .doesNotContain("asking its source");

    runner.restart();
    runner.told().clear();
    debugging().exec("deploy");
    assertThat(String.join("\n", runner.told())).contains("session from the vault");
  }

  @Test
  void tellsWhoIsAskedAndNeverTheAnswer() {
    debugging().atTerminal().converse("exec", List.of("654321"), "profile=mfa");

    assertThat(String.join("\n", runner.told()))
        .containsSubsequence("needs ", "asking for ", "by terminal", "answered", "issued until")
        .doesNotContain("654321", VerbRunner.KEY_SECRET);
  }

  @Test
  void tellsWhyAServiceRefused() {
    runner.sts().answer(new Outcome.Denied(Outcome.Reason.ACCESS_DENIED, "AWS refused it."));
    debugging().call("exec", "profile=dev");

    assertThat(String.join("\n", runner.told())).contains("denied: ");
  }

  @Test
  void tellsNothingToACallerThatDoesNotAsk() {
    runner.exec("deploy");

    assertThat(runner.told()).isEmpty();
  }
}
