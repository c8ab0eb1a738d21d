package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that leave as they are: how much of their life is left, and how long it is. */
final class FixedCredentialsTest {
  @TempDir Path home;
  private RunningJvault jvault;

  @BeforeEach
  void start() throws IOException {
    jvault = RunningJvault.withKeys(home);
  }

  @AfterEach
  void stop() {
    jvault.close();
  }

  @Test
  void oneWithLessLifeThanTheCallerWantsIsReplaced() {
    ControlTestClient caller = jvault.caller().variable("AWS_MIN_TTL", "1h30m");
    assertThat(id(caller, "dev")).isNotEqualTo(id(caller, "dev"));
  }

  @Test
  void oneWithLessThanFiveMinutesIsReplacedByItself() {
    String first = id(jvault.caller(), "dev");
    jvault.clock().advance(Duration.ofMinutes(57));
    assertThat(id(jvault.caller(), "dev")).isNotEqualTo(first);
  }

  @Test
  void whatCredentialProcessPrintsIsReplacedToo() {
    ControlTestClient caller = jvault.caller().variable("AWS_MIN_TTL", "1h30m");
    String first = caller.call("credential-process", "profile=dev").body();
    assertThat(caller.call("credential-process", "profile=dev").body()).isNotEqualTo(first);
  }

  @Test
  void aSessionThatWouldAskThePersonStays() {
    ControlTestClient caller = jvault.caller().variable("AWS_MIN_TTL", "2h");
    String first = id(caller.with("mfa-token=123456"), "mfa");
    assertThat(id(caller, "mfa")).isEqualTo(first);
    assertThat(jvault.sts().calls("GetSessionToken")).isEqualTo(1);
  }

  @Test
  void aWrongLeastLifeIsOneSentence() {
    for (String wrong : new String[] {"72000", "soon", "-5m", "37h"}) {
      ControlResponse answer =
          jvault.caller().variable("AWS_MIN_TTL", wrong).call("exec", "profile=dev", "env=true");
      assertThat(answer.ended(ExitCode.PROFILE)).as(wrong).isTrue();
      assertThat(answer.message())
          .isEqualTo(
              "AWS_MIN_TTL (in the environment) is not a duration such as 1h30m from 0s to 36h;"
                  + " correct or unset it.");
    }
    assertThat(
            jvault
                .caller()
                .variable("AWS_MIN_TTL", "72000")
                .call("exec", "profile=dev")
                .ended(ExitCode.OK))
        .isTrue();
  }

  @Test
  void aRoleThatIsToLastLongerIsTakenFromTheKeyWithTheCodeInTheCall() {
    ControlTestClient caller = jvault.caller().variable("AWS_ASSUME_ROLE_TTL", "4h");
    assertThat(id(caller.with("mfa-token=123456"), "mfa-role")).startsWith("ASIA");
    assertThat(jvault.sts().calls("GetSessionToken")).isZero();
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void theCodeOfSuchARoleComesFromTheCommandOfTheProfile() {
    jvault.config(
        RunningJvault.profiles(jvault.sts().endpoint())
            .replace("[profile mfa]\n", "[profile mfa]\nmfa_process = echo 654321\n"));
    ControlTestClient caller = jvault.caller().variable("AWS_ASSUME_ROLE_TTL", "4h");
    assertThat(id(caller, "mfa-role")).startsWith("ASIA");
    assertThat(jvault.sts().calls("GetSessionToken")).isZero();
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(1);
  }

  private String id(ControlTestClient caller, String profile) {
    ControlResponse answer = caller.call("exec", "profile=" + profile, "env=true");
    return new ParsedLaunchPlan(RunningJvault.succeeded(answer).body())
        .value("AWS_ACCESS_KEY_ID")
        .orElseThrow();
  }
}
