package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ParsedLaunchPlan;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Credentials that their receiver cannot refresh: how long they live at least, and how they get
 * longer lives.
 */
final class FixedCredentialsTest {
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

  @Test
  void aSessionWithLessTimeLeftThanTheCallerWantsIsReplaced() {
    VerbRunner.Caller caller = runner.caller().variable("AWS_MIN_TTL", "1h30m");
    String first = id(caller, "dev");
    runner.clock().advance(Duration.ofSeconds(1));
    assertThat(id(caller, "dev")).isNotEqualTo(first);
  }

  @Test
  void aSessionWithLessThanFiveMinutesLeftIsReplacedByDefault() {
    String first = id(runner.caller(), "dev");
    runner.clock().advance(Duration.ofMinutes(57));
    assertThat(id(runner.caller(), "dev")).isNotEqualTo(first);
  }

  @Test
  void credentialProcessReplacesSuchASessionToo() {
    VerbRunner.Caller caller = runner.caller().variable("AWS_MIN_TTL", "1h30m");
    String first = caller.call("credential-process", "profile=dev").body();
    runner.clock().advance(Duration.ofSeconds(1));
    assertThat(caller.call("credential-process", "profile=dev").body()).isNotEqualTo(first);
  }

  @Test
  void aSessionWhoseReplacementWouldAskTheUserStays() {
    VerbRunner.Caller caller = runner.caller().variable("AWS_MIN_TTL", "2h");
    String first = id(caller.with("mfa-token=123456"), "mfa");
    assertThat(id(caller, "mfa")).isEqualTo(first);
    assertThat(runner.calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void anInvalidMinimumIsOneSentence() {
    for (String wrong : new String[] {"72000", "soon", "-5m", "37h"}) {
      ControlResponse response =
          runner.caller().variable("AWS_MIN_TTL", wrong).call("exec", "profile=dev", "env=true");
      assertThat(response.ended(ExitCode.PROFILE)).as(wrong).isTrue();
      assertThat(response.message())
          .isEqualTo(
              "AWS_MIN_TTL (in the environment) is not a duration such as 1h30m from 0s to 36h;"
                  + " correct or unset it.");
    }
    assertThat(
            runner
                .caller()
                .variable("AWS_MIN_TTL", "72000")
                .call("exec", "profile=dev")
                .ended(ExitCode.OK))
        .isTrue();
  }

  @Test
  void theKeyAssumesARoleThatMustLastLongerWithTheCodeOfTheCall() {
    VerbRunner.Caller caller = runner.caller().variable("AWS_ASSUME_ROLE_TTL", "4h");
    assertThat(id(caller.with("mfa-token=123456"), "mfa-role")).startsWith("ASIA");
    assertThat(runner.calls("GetSessionToken")).isZero();
    assertThat(runner.calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void theCodeOfSuchARoleComesFromMfaProcess() {
    runner.config(
        VerbRunner.profiles()
            .replace("[profile mfa]\n", "[profile mfa]\nmfa_process = echo 654321\n"));
    VerbRunner.Caller caller = runner.caller().variable("AWS_ASSUME_ROLE_TTL", "4h");
    assertThat(id(caller, "mfa-role")).startsWith("ASIA");
    assertThat(runner.calls("GetSessionToken")).isZero();
    assertThat(runner.calls("AssumeRole")).isEqualTo(1);
  }

  private String id(VerbRunner.Caller caller, String profile) {
    ControlResponse response = caller.call("exec", "profile=" + profile, "env=true");
    return new ParsedLaunchPlan(VerbRunner.succeeded(response).body())
        .value("AWS_ACCESS_KEY_ID")
        .orElseThrow();
  }
}
