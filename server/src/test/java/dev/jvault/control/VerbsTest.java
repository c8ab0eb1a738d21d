package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that issue credentials or manage the daemon, each with good and with bad input. */
final class VerbsTest {
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
  void verbsSuggestTheNearestNameForAnUnknownProfile() {
    for (String verb : new String[] {"exec", "env", "credential-process", "server", "unlock"}) {
      ControlResponse response = call(verb, "profile=dve");
      assertThat(response.ended(ExitCode.PROFILE)).as(verb + " " + response).isTrue();
      assertThat(response.message()).contains("dve").contains("dev");
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void verbsOfOneProfileNeedItsName() {
    for (String verb : new String[] {"exec", "env", "credential-process", "remove", "add"}) {
      ControlResponse response = call(verb);
      assertThat(response.ended(ExitCode.USAGE)).as(verb + " " + response).isTrue();
    }
  }

  @Test
  void envPrintsLinesForTheShell() {
    assertThat(call("env", "profile=dev").body())
        .startsWith("unset AWS_ACCESS_KEY_ID ")
        .contains("export AWS_CONTAINER_CREDENTIALS_FULL_URI='http://127.0.0.1:" + jvault.port())
        .doesNotContain("jvault-plan");
    assertThat(call("env", "profile=dev", "shell=fish").body()).contains("set -gx AWS_VAULT 'dev'");
    assertThat(call("env", "profile=dev", "shell=csh").ended(ExitCode.USAGE)).isTrue();
  }

  @Test
  void envAppendsToTheCallersNoProxy() {
    ControlResponse response =
        jvault
            .caller()
            .variable("NO_PROXY", "corp.example")
            .variable("http_proxy", "http://proxy:3128")
            .call("env", "profile=dev");
    assertThat(response.body()).contains("export NO_PROXY='corp.example,127.0.0.1,localhost,");
  }

  @Test
  void serverSaysHowApplicationsUseAProfileAndKeepsItReady() throws IOException {
    ControlResponse response = RunningJvault.succeeded(call("server", "profile=audit\ndev"));
    Path token = jvault.files().tokens().resolve("audit-server");
    assertThat(response.body())
        .startsWith("jvault answers on http://127.0.0.1:" + jvault.port() + ".\n")
        .containsPattern("Profile audit is ready for \\d+ (min|h) \\(until ")
        .containsPattern("Profile dev is ready for \\d+ (min|h) \\(until ")
        .contains("AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:" + jvault.port())
        .contains("/credentials/audit-server\n", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=" + token)
        .contains("credential_process = /opt/jvault/bin/jvault credential-process audit\n")
        .doesNotContain(Files.readString(token));
    assertThat(call("status").body()).contains("kept ready").contains("audit").contains("dev");
  }

  @Test
  void serverWithoutAProfilePrintsTheAddress() {
    assertThat(call("server").body())
        .isEqualTo("jvault answers on http://127.0.0.1:" + jvault.port() + ".\n");
  }

  @Test
  void serverKeepsItsPort() {
    assertThat(call("server", "port=" + jvault.port()).ended(ExitCode.OK)).isTrue();
    ControlResponse other = call("server", "port=1");
    assertThat(other.ended(ExitCode.DAEMON)).isTrue();
    assertThat(other.message()).contains(Integer.toString(jvault.port()));
  }

  @Test
  void unlockAsksAllQuestionsAheadOfTime() {
    var person = jvault.caller().atTerminal();
    ControlResponse question = person.call("unlock", "profile=mfa");
    assertThat(question.question())
        .isEqualTo(
            "mfa off: MFA code for arn:aws:iam::123456789012:mfa/me"
                + " (profile mfa, account 123456789012, for `jvault unlock mfa`): ");
    ControlResponse again = person.reply(question, "wrong");
    assertThat(again.question()).startsWith("mfa off: That is no MFA code; a code has six");
    assertThat(person.reply(again, "123456").message()).contains("mfa is ready");
    assertThat(call("exec", "profile=mfa-role").ended(ExitCode.OK)).isTrue();
    assertThat(call("unlock", "profile=mfa").ended(ExitCode.OK)).isTrue();
  }

  @Test
  void unlockWithoutAnAnswerSaysWhatIsNeeded() {
    ControlResponse response = call("unlock", "profile=mfa");
    assertThat(response.ended(ExitCode.PERSON)).isTrue();
    assertThat(response.message()).contains("MFA code").contains("--mfa-token");
    var person = jvault.caller().atTerminal();
    ControlResponse empty = person.call("unlock", "profile=mfa");
    assertThat(person.giveUp(empty).status()).isEqualTo(200);
  }

  @Test
  void statusDescribesTheDaemonAndShowsNoSecret() {
    var _ = jvault.exec("audit");
    assertThat(call("status").body())
        .startsWith("jvault " + ProgramVersion.CURRENT + " has been running for ")
        .contains("http://127.0.0.1:" + jvault.port())
        .contains(jvault.files().controlSocket().toString())
        .contains("unlocked, key from command")
        .contains("audit")
        .doesNotContain(RunningJvault.KEY_SECRET, "AGE-SECRET-KEY");
    assertThat(call("status", "json=true").body())
        .contains("\"running\": true", "\"vaultUnlocked\": true", "\"profile\": \"audit\"")
        .contains("\"nextRefresh\"")
        .doesNotContain("lastError");
  }

  @Test
  void statusShowsTheLastErrorOfAKeyThatAwsDoesNotKnow() {
    jvault.addKey(jvault.caller(), "dev", "AKIAUNKNOWNTOAWS0000");
    jvault.clock().advance(Duration.ofSeconds(40));
    ControlResponse refused = call("exec", "profile=dev");
    assertThat(refused.ended(ExitCode.DENIED)).isTrue();
    assertThat(call("status", "json=true").body()).contains("\"lastError\"");
  }

  @Test
  void execReportsThatAwsDoesNotAnswer() {
    jvault.sts().close();
    ControlResponse response = call("exec", "profile=dev");
    assertThat(response.ended(ExitCode.UNAVAILABLE)).isTrue();
    assertThat(response.message()).isNotBlank();
  }

  @Test
  void stopRepliesWithTheProcessIdAndEndsTheDaemon() throws InterruptedException {
    ControlResponse response = call("stop");
    assertThat(response.body()).isEqualTo(ProcessHandle.current().pid() + "\n");
    jvault.awaitStop();
  }

  @Test
  void stopIfIdleEndsOnlyAnIdleDaemon() throws InterruptedException {
    var _ = jvault.exec("dev");
    assertThat(call("stop-if-idle").ended(ExitCode.DAEMON)).isTrue();
    RunningJvault.succeeded(call("clear"));
    assertThat(call("stop-if-idle").ended(ExitCode.OK)).isTrue();
    jvault.awaitStop();
  }

  private ControlResponse call(String verb, String... options) {
    return jvault.caller().call(verb, options);
  }
}
