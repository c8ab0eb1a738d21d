package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.credential.Outcome;
import dev.jvault.protocol.Routes;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code list} and {@code status} show of sessions. */
final class SessionListTest {
  private static final String MFA_ROW =
      "(?m)^mfa +(mfa +)?MFA session arn:aws:iam::123456789012:mfa/me +1 h [(]until 04:04[)]";

  @TempDir Path home;
  private VerbRunner runner;

  @BeforeEach
  void start() throws IOException {
    runner = VerbRunner.withKeys(home);
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  @Test
  void anMfaSessionIsTheKeysInListAndInStatusWhicheverProfileAskedForIt() {
    VerbRunner.Caller person = runner.caller().atTerminal();
    VerbRunner.succeeded(person.converse("exec", List.of("123456"), "profile=mfa-role"));

    for (String table : List.of(body("list", "sessions=true"), body("status"))) {
      assertThat(table)
          .containsPattern(MFA_ROW)
          .containsPattern("(?m)^mfa-role +(mfa +)?arn:aws:iam::123456789012:role/careful +1 h ");
    }
    assertThat(body("status", "json=true"))
        .containsPattern(
            "\"profile\": \"mfa\",\\s+\"key\": \"mfa\",\\s+\"session\": \"MFA session ");
    assertThat(body("list")).containsPattern("(?m)^mfa +AKIA\\w+ +1 h [(]until 04:04[)]");
  }

  @Test
  void jsonHasWhatTheFilterNames() {
    runner.exec("deploy");

    assertThat(body("list", "sessions=true", "json=true"))
        .isEqualTo(
            """
            {
              "sessions": [
                {
                  "profile": "deploy",
                  "key": "dev",
                  "session": "arn:aws:iam::123456789012:role/deploy",
                  "expiration": "2030-01-02T04:04:05Z"
                }
              ]
            }
            """);
    assertThat(body("list", "credentials=true", "json=true"))
        .contains("\"name\": \"dev\"", "\"name\": \"mfa\"")
        .doesNotContain("deploy", "audit", "mfa-role");
    runner.addKey("only-a-key", VerbRunner.KEY_ID);
    assertThat(body("list", "profiles=true", "json=true"))
        .contains("\"name\": \"deploy\"")
        .doesNotContain("only-a-key");
    assertThat(body("list", "json=true")).contains("only-a-key", "\"name\": \"audit\"");
  }

  @Test
  void statusShowsAnErrorAsAWholeSentenceBelowTheTable() {
    String sentence = "AWS refused the role " + "for a long reason ".repeat(8) + "; ask its owner.";
    runner.exec("dev");
    refuse(sentence);
    runner.clock().advance(Duration.ofMinutes(5));

    String status = body("status", Routes.CALLER_COLUMNS + "=60");
    assertThat(status)
        .contains("\ndeploy, tried 5 min ago (03:04): " + sentence + "\n")
        .doesNotContain("Last error");
    assertThat(status.lines().filter(line -> line.startsWith("deploy"))).hasSize(1);
  }

  @Test
  void olderFailuresOfTheSameRoleDoNotPileUp() {
    for (int port = 1; port < 5; port++) {
      runner.config(VerbRunner.profiles().replace("127.0.0.1:1", "127.0.0.1:" + port));
      refuse("AWS is not at port " + port + ".");
      runner.clock().advance(Duration.ofSeconds(10));
    }

    assertThat(body("status")).contains("AWS is not at port 4.").doesNotContain("port 3");
    assertThat(body("status", "json=true")).containsOnlyOnce("\"lastError\"");
    runner.exec("deploy");
    assertThat(body("status")).doesNotContain("AWS is not");
  }

  @Test
  void aFailureIsNoLongerShownAfterAnHour() {
    refuse("AWS refused it.");
    runner.clock().advance(Duration.ofMinutes(61));

    assertThat(body("status")).isEqualTo("No sessions.\n");
  }

  private void refuse(String sentence) {
    runner.sts().answer(new Outcome.Denied(Outcome.Reason.ACCESS_DENIED, sentence));
    ControlResponse _ = runner.caller().call("exec", "profile=deploy");
  }

  private String body(String verb, String... options) {
    return VerbRunner.succeeded(runner.caller().call(verb, options)).body();
  }
}
