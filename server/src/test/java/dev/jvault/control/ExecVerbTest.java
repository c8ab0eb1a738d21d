package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.Attack;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code exec} obtains, and the plan that it replies with. */
final class ExecVerbTest {
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
  @Attack("no-secret-in-processes")
  void anEndpointPlanHoldsNothingSecret() throws IOException {
    ControlResponse response = runner.caller().call("exec", "profile=audit");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(response.body());
    String tokenFile = plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").orElseThrow();
    assertThat(response.body())
        .doesNotContain(Files.readString(Path.of(tokenFile)), VerbRunner.KEY_SECRET, "ASIA");
    assertThat(plan.set())
        .containsEntry("AWS_VAULT", "audit")
        .containsEntry("JVAULT_PROFILE", "audit")
        .containsEntry("AWS_EC2_METADATA_DISABLED", "true")
        .containsEntry("JVAULT_CONFIG_FILE", runner.configFile().toString())
        .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_SHARED_CREDENTIALS_FILE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec", "env", "credential-process", "unlock"})
  void noCommandStartsFromThePreviousContentOfAFile(String verb) throws IOException {
    runner.exec("audit");
    Files.delete(runner.configFile());
    Files.createDirectory(runner.configFile());
    ControlResponse response = runner.caller().call(verb, "profile=audit");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message()).contains(runner.configFile() + " is a directory, and nothing");
  }

  @Test
  void theCallersOtherVariablesReachHelpersAndNoFile() throws IOException {
    runner.config(
        "[profile op]\ncredential_process = [ \"$OP_SESSION_my\" = canary-7 ] && cat "
            + document()
            + "\nregion = eu-west-1\n");
    ControlResponse without = runner.caller().variable("USER", "me").call("exec", "profile=op");
    assertThat(without.ended(ExitCode.OK)).isFalse();
    assertThat(without.message())
        .endsWith("It uses OP_SESSION_my, which is not set in your environment.");

    runner.clock().advance(Duration.ofMinutes(1)); // The failure is remembered for a moment.
    ControlResponse with =
        runner.caller().variable("OP_SESSION_my", "canary-7").call("exec", "profile=op");
    assertThat(with.ended(ExitCode.OK)).isTrue();
    try (var files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .satisfies(
                text -> assertThat(text.replace("= canary-7 ]", "")).doesNotContain("canary-7"));
      }
    }
  }

  @Test
  void afterARestartAHelperThatFailsSaysThatItLacksTheShellsVariables() {
    runner.config("[profile op]\ncredential_process = exit 1\nregion = eu-west-1\n");
    assertThat(runner.caller().call("exec", "profile=op").message())
        .contains("It ran without your shell's variables")
        .contains("`jvault unlock op`");
  }

  @Test
  void fixedVariablesAreAWholeSessionAndNoEndpoint() {
    ParsedLaunchPlan plan = runner.exec("audit", "env=true");
    assertThat(plan.value("AWS_ACCESS_KEY_ID").orElseThrow()).startsWith("ASIA");
    assertThat(plan.value("AWS_SESSION_TOKEN")).isPresent();
    assertThat(plan.value("AWS_CREDENTIAL_EXPIRATION").orElseThrow())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(plan.set()).doesNotContainKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    assertThat(plan.unset()).contains("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  }

  @Test
  @Attack("no-long-lived-keys")
  void withoutASessionTheCommandGetsTheKeyAndTheCallerAWarning() {
    ControlResponse response = runner.caller().call("exec", "profile=dev", "no-session=true");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(response.body());
    assertThat(plan.value("AWS_ACCESS_KEY_ID")).contains(VerbRunner.KEY_ID);
    assertThat(plan.value("AWS_SECRET_ACCESS_KEY")).contains(VerbRunner.KEY_SECRET);
    assertThat(plan.set()).doesNotContainKeys("AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION");
    assertThat(response.message()).startsWith("Warning:").contains("long-lived key");
    assertThat(runner.calls("GetSessionToken")).isZero();
  }

  @Test
  void withoutASessionTheKeyItselfAssumesTheRole() {
    ControlResponse response =
        runner.caller().call("exec", "profile=mfa-role", "no-session=true", "mfa-token=123456");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(response.body());
    assertThat(plan.value("AWS_SESSION_TOKEN")).isPresent();
    assertThat(response.message()).contains("will not be refreshed");
    assertThat(runner.calls("GetSessionToken")).isZero();
    assertThat(runner.calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void withoutASessionTheCodeOfARoleMustBeGiven() {
    ControlResponse response = runner.caller().call("exec", "profile=mfa-role", "no-session=true");
    assertThat(response.ended(ExitCode.PERSON)).isTrue();
    assertThat(response.message()).contains("--mfa-token");
  }

  @Test
  void aBoundGrantEndsWithItsProcess() throws Exception {
    Process command = new ProcessBuilder("sleep", "600").start();
    try {
      ParsedLaunchPlan plan = runner.exec("dev", "bind=true", "caller.pid=" + command.pid());
      String uri = plan.value("AWS_CONTAINER_CREDENTIALS_FULL_URI").orElseThrow();
      assertThat(uri).contains("/credentials/bound-" + command.pid() + "-");
    } finally {
      command.destroyForcibly();
    }
    assertThat(command.waitFor()).isNotZero();
    ControlResponse dead =
        runner.caller().call("exec", "profile=dev", "bind=true", "caller.pid=" + command.pid());
    assertThat(dead.ended(ExitCode.FAULT)).isTrue();
  }

  @Test
  void onlyAPlainCallLeavesAReadyFile() {
    Path ready = runner.files().readyFiles();
    var _ = runner.exec("dev", "region=us-west-2");
    var _ = runner.exec("dev", "env=true");
    assertThat(ready.resolve("dev")).doesNotExist();
    var _ = runner.exec("dev");
    assertThat(ready.resolve("dev")).exists();
  }

  @Test
  void theLauncherCanPassTheTokenByItselfNextTime() throws IOException {
    ControlResponse response = runner.caller().call("exec", "profile=dev", "token-env=true");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(response.body());
    assertThat(plan.tokenInVariable()).isTrue();
    assertThat(response.body())
        .doesNotContain(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN").orElseThrow());
    assertThat(Files.readString(runner.files().readyFiles().resolve("dev")))
        .doesNotContain("\ntoken-env\n");
  }

  @Test
  void aTokenThatEndsWithTheCommandIsAVariableOfThePlan() {
    ParsedLaunchPlan plan =
        runner.exec(
            "dev", "token-env=true", "bind=true", "caller.pid=" + ProcessHandle.current().pid());
    assertThat(plan.tokenInVariable()).isFalse();
    assertThat(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN")).isPresent();
    assertThat(plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")).isEmpty();
  }

  @Test
  void aReadyFileWithAnMfaSessionEndsWithThatSession() throws IOException {
    var _ = runner.exec("mfa-role", "mfa-token=123456");
    String until =
        Files.readAllLines(runner.files().readyFiles().resolve("mfa-role")).stream()
            .filter(line -> line.startsWith("until "))
            .findFirst()
            .orElseThrow();
    assertThat(Long.parseLong(until.substring(6)))
        .isBetween(
            runner.clock().instant().plusSeconds(3_000).getEpochSecond(),
            runner.clock().instant().plusSeconds(3_600).getEpochSecond());
  }

  @Test
  void aDurationCostsNoMfaCode() {
    var _ = runner.exec("mfa-role", "mfa-token=123456");
    var _ = runner.exec("mfa-role", "duration=20m");
    assertThat(runner.calls("GetSessionToken")).isEqualTo(1);
    assertThat(runner.calls("AssumeRole")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration=5     | -d (--duration) takes the length of a role's session, such as 1h30m, from"
            + " 15m to 12h; correct it.",
        "duration=13h   | -d (--duration) takes the length of a role's session, such as 1h30m, from"
            + " 15m to 12h; correct it.",
        "region=eu west | --region takes a region such as eu-west-1; correct it.",
        "prompt=zenty   | The prompt driver `zenty` is unknown; give --prompt one of terminal,"
            + " osascript, zenity, kdialog, pinentry, ykman, pass."
      })
  void anOptionIsBlamedForItsOwnValue(String option, String sentence) {
    ControlResponse response = runner.caller().call("exec", "profile=deploy", option);
    assertThat(response.message()).isEqualTo(sentence);
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ci    | 5   | -d (--duration) takes the length of a session, such as 1h30m, from 15m to 36h;"
            + " correct it.",
        "ci    | 3h  | Note: --duration has no effect on the profile ci: the file that holds them"
            + " decides how long its credentials last.",
        "role  | 3h  | Note: This session lasts 1h and not 3h: AWS allows no more to a role that"
            + " another session signs for.",
        "role  | 20m | ''"
      })
  void aDurationWithoutEffectIsSaidSo(String profile, String duration, String sentence) {
    runner.config(
        """
        [profile op]
        credential_process = cat %s
        [profile ci]
        aws_access_key_id = ASIAFILE777777777777
        aws_secret_access_key = s
        aws_session_token = t
        [profile role]
        role_arn = arn:aws:iam::123456789012:role/Ops
        source_profile = op
        """
            .formatted(document()));
    ControlResponse response =
        runner.caller().call("exec", "profile=" + profile, "duration=" + duration);
    assertThat(response.message()).isEqualTo(sentence);
  }

  private Path document() {
    try {
      return Files.writeString(
          home.resolve("document"),
          """
          {"Version": 1, "AccessKeyId": "ASIAHELPER7777777777", "SecretAccessKey": "s",
           "SessionToken": "t", "Expiration": "2040-01-01T00:00:00Z"}
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"ecs, eks", "ecs, imds", "eks, imds"})
  void twoMethodsContradictEachOther(String one, String other) {
    ControlResponse response =
        runner.caller().call("exec", "profile=dev", one + "=true", other + "=true");
    assertThat(response.ended(ExitCode.USAGE)).isTrue();
    assertThat(response.message())
        .isEqualTo("--%s and --%s contradict each other; give one of them.".formatted(one, other));
  }

  @Test
  void imdsGivesTheAddressOfTheProfilesListener() {
    ParsedLaunchPlan plan = runner.exec("dev", "imds=true");
    assertThat(plan.value("AWS_EC2_METADATA_SERVICE_ENDPOINT"))
        .contains("http://127.0.0.1:" + (VerbRunner.PORT + 1));
    assertThat(plan.set()).doesNotContainKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    assertThat(runner.files().readyFiles().resolve("dev")).doesNotExist();
  }
}
