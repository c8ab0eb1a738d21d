package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.server.RunningJvault;
import dev.jvault.testing.ControlResponse;
import dev.jvault.testing.ControlTestClient;
import dev.jvault.testing.ParsedLaunchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plans that {@code exec} answers with. */
final class LaunchPlannerTest {
  private static final String LOOPBACK =
      "127.0.0.1,localhost,169.254.169.254,169.254.170.2,169.254.170.23";

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
  void anEndpointPlanHoldsNothingSecret() throws IOException {
    ControlResponse answer = jvault.caller().call("exec", "profile=audit");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(answer.body());
    String tokenFile = plan.value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").orElseThrow();
    assertThat(answer.body())
        .doesNotContain(Files.readString(Path.of(tokenFile)), RunningJvault.KEY_SECRET, "ASIA");
    assertThat(plan.set())
        .containsEntry("AWS_VAULT", "audit")
        .containsEntry("JVAULT_PROFILE", "audit")
        .containsEntry("AWS_EC2_METADATA_DISABLED", "true")
        .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_CONFIG_FILE", "JVAULT_CONFIG_FILE");
  }

  @Test
  void theEndpointIsReachedWithoutAProxyInBothSpellings() {
    assertThat(jvault.exec("dev").appended())
        .containsEntry("NO_PROXY", LOOPBACK)
        .containsEntry("no_proxy", LOOPBACK);
  }

  @Test
  void theOptionsRegionWinsOverTheProfiles() {
    ParsedLaunchPlan plan = jvault.exec("dev", "region=us-west-2");
    assertThat(plan.value("AWS_REGION")).contains("us-west-2");
    assertThat(plan.value("AWS_DEFAULT_REGION")).contains("us-west-2");
  }

  @Test
  void aProfileWithoutARegionGivesBothVariablesTheCallers() {
    ParsedLaunchPlan plan =
        planOf(jvault.caller().variable("AWS_DEFAULT_REGION", "sa-east-1"), "mfa");
    assertThat(plan.value("AWS_REGION")).contains("sa-east-1");
    assertThat(plan.value("AWS_DEFAULT_REGION")).contains("sa-east-1");
  }

  @Test
  void withNoRegionAnywhereNoneIsSet() {
    assertThat(planOf(jvault.caller(), "mfa").set())
        .doesNotContainKeys("AWS_REGION", "AWS_DEFAULT_REGION");
  }

  @Test
  void fixedVariablesAreAWholeSessionAndNoEndpoint() {
    ParsedLaunchPlan plan = jvault.exec("audit", "env=true");
    assertThat(plan.value("AWS_ACCESS_KEY_ID").orElseThrow()).startsWith("ASIA");
    assertThat(plan.value("AWS_SESSION_TOKEN")).isPresent();
    assertThat(plan.value("AWS_CREDENTIAL_EXPIRATION").orElseThrow())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(plan.set()).doesNotContainKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    assertThat(plan.unset()).contains("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  }

  @Test
  void withoutASessionTheCommandGetsTheKeyAndTheCallerAWarning() {
    ControlResponse answer = jvault.caller().call("exec", "profile=dev", "no-session=true");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(answer.body());
    assertThat(plan.value("AWS_ACCESS_KEY_ID")).contains(RunningJvault.KEY_ID);
    assertThat(plan.value("AWS_SECRET_ACCESS_KEY")).contains(RunningJvault.KEY_SECRET);
    assertThat(plan.set()).doesNotContainKeys("AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION");
    assertThat(answer.message()).startsWith("Warning:").contains("long-lived key");
    assertThat(jvault.sts().calls("GetSessionToken")).isZero();
  }

  @Test
  void withoutASessionARoleIsTakenStraightFromTheKey() {
    ControlResponse answer =
        jvault.caller().call("exec", "profile=mfa-role", "no-session=true", "mfa-token=123456");
    ParsedLaunchPlan plan = new ParsedLaunchPlan(answer.body());
    assertThat(plan.value("AWS_SESSION_TOKEN")).isPresent();
    assertThat(answer.message()).contains("will not be refreshed");
    assertThat(jvault.sts().calls("GetSessionToken")).isZero();
    assertThat(jvault.sts().calls("AssumeRole")).isEqualTo(1);
  }

  @Test
  void withoutASessionARolesCodeMustBeGiven() {
    ControlResponse answer = jvault.caller().call("exec", "profile=mfa-role", "no-session=true");
    assertThat(answer.ended(ExitCode.PERSON)).isTrue();
    assertThat(answer.message()).contains("--mfa-token");
  }

  @Test
  void aBoundGrantEndsWithItsProcess() throws Exception {
    Process command = new ProcessBuilder("sleep", "600").start();
    try {
      ParsedLaunchPlan plan = jvault.exec("dev", "bind=true", "caller.pid=" + command.pid());
      String uri = plan.value("AWS_CONTAINER_CREDENTIALS_FULL_URI").orElseThrow();
      assertThat(uri).contains("/credentials/bound-" + command.pid() + "-");
    } finally {
      command.destroyForcibly();
    }
    assertThat(command.waitFor()).isNotZero();
    ControlResponse dead =
        jvault.caller().call("exec", "profile=dev", "bind=true", "caller.pid=" + command.pid());
    assertThat(dead.ended(ExitCode.FAULT)).isTrue();
  }

  @Test
  void keysInTheDefaultSectionAreTakenOutOfTheCommandsFilesOnly() throws IOException {
    Path credentials = home.resolve(".aws/credentials");
    String keys =
        "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n[x]\na=b\n";
    Files.writeString(credentials, keys);
    ParsedLaunchPlan plan = jvault.exec("dev");
    Path copy = Path.of(plan.value("AWS_SHARED_CREDENTIALS_FILE").orElseThrow());
    assertThat(Files.readString(copy)).isEqualTo("[default]\n[x]\na=b\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(Path.of(plan.value("AWS_CONFIG_FILE").orElseThrow())))
        .isEqualTo(Files.readString(jvault.configFile()));
    assertThat(plan.value("JVAULT_SHARED_CREDENTIALS_FILE")).contains(credentials.toString());
    assertThat(plan.value("JVAULT_CONFIG_FILE")).contains(jvault.configFile().toString());
    assertThat(Files.readString(credentials)).isEqualTo(keys);
  }

  @Test
  void aNestedCallReadsTheOriginals() throws IOException {
    Path credentials = home.resolve(".aws/credentials");
    Files.writeString(credentials, "[default]\naws_access_key_id = AKIADEFAULT\n");
    ParsedLaunchPlan outer = jvault.exec("dev");
    Files.writeString(credentials, "[other]\n");
    ControlTestClient inside = jvault.caller();
    for (String name :
        new String[] {
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "JVAULT_CONFIG_FILE",
          "JVAULT_SHARED_CREDENTIALS_FILE"
        }) {
      inside = inside.variable(name, outer.value(name).orElseThrow());
    }
    ParsedLaunchPlan inner = planOf(inside, "deploy");
    assertThat(inner.value("AWS_CONFIG_FILE")).contains(jvault.configFile().toString());
    assertThat(inner.value("AWS_SHARED_CREDENTIALS_FILE")).contains(credentials.toString());
    assertThat(inner.unset()).contains("JVAULT_CONFIG_FILE", "JVAULT_SHARED_CREDENTIALS_FILE");
  }

  @Test
  void aPlainCallLeavesAReadyFileAndOthersDoNot() {
    Path ready = jvault.files().readyFiles();
    var _ = jvault.exec("dev", "region=us-west-2");
    var _ = jvault.exec("dev", "token-env=true", "caller.pid=" + ProcessHandle.current().pid());
    var _ = jvault.exec("dev", "env=true");
    assertThat(ready.resolve("dev")).doesNotExist();
    var _ = jvault.exec("dev");
    assertThat(ready.resolve("dev")).exists();
  }

  @Test
  void aReadyFileWithAnMfaSessionEndsWithThatSession() throws IOException {
    var _ = jvault.exec("mfa-role", "mfa-token=123456");
    String until =
        Files.readAllLines(jvault.files().readyFiles().resolve("mfa-role")).stream()
            .filter(line -> line.startsWith("until "))
            .findFirst()
            .orElseThrow();
    assertThat(Long.parseLong(until.substring(6)))
        .isBetween(
            jvault.clock().instant().plusSeconds(3_000).getEpochSecond(),
            jvault.clock().instant().plusSeconds(3_600).getEpochSecond());
  }

  private static ParsedLaunchPlan planOf(ControlTestClient caller, String profile) {
    String code = profile.equals("mfa") ? "mfa-token=654321" : "other=none";
    return new ParsedLaunchPlan(
        RunningJvault.succeeded(caller.call("exec", "profile=" + profile, code)).body());
  }
}
