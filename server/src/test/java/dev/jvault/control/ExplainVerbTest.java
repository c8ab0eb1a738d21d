package dev.jvault.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.ExitCode;
import dev.jvault.testing.ControlResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain}: which calls are made, where each value comes from, and what is wrong. */
final class ExplainVerbTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";

  @TempDir private Path home;
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
  void namesEachCallAndTheLineOfEachValue() {
    assertThat(VerbRunner.succeeded(explain("audit")).body())
        .isEqualTo(
            """
            Profile audit (~/.aws/config:8), from the bottom up:

            1. The key of dev in the vault. For profile dev.
               Shared with dev, deploy.

            2. AssumeRole, signed by what step 1 gives. For profile deploy.
               RoleArn          arn:aws:iam::123456789012:role/deploy  (role_arn, ~/.aws/config:6)
               RoleSessionName  jvault-%2$s  (default)
               DurationSeconds  3600  (default)
               Endpoint         %1$s  (endpoint_url, ~/.aws/config:11)
               SigningRegion    us-east-1  (default)
               Shared with deploy.

            3. AssumeRole, signed by what step 2 gives. For profile audit.
               RoleArn          arn:aws:iam::210987654321:role/audit  (role_arn, ~/.aws/config:10)
               RoleSessionName  jvault-%2$s  (default)
               DurationSeconds  3600  (default)
               Endpoint         %1$s  (endpoint_url, ~/.aws/config:11)
               SigningRegion    us-east-1  (default)

            Region of the command: its own, because the profile names none.
            Asked for: nothing.
            """
                .formatted("http://127.0.0.1:1", System.getProperty("user.name")));
    assertThat(runner.calls("AssumeRole")).isZero();
  }

  @Test
  void saysWhoIsAskedForACode() {
    assertThat(explain("mfa-role").body())
        .contains(
            "2. GetSessionToken, signed by the key of step 1. For profile mfa.",
            "   SerialNumber     arn:aws:iam::123456789012:mfa/me  (mfa_serial, ~/.aws/config:13)",
            """
            Asked for, unless a valid session makes it unnecessary:
               - an MFA code of arn:aws:iam::123456789012:mfa/me, on the terminal that waits for it, otherwise in a dialog
            """);
    var withPinentry = runner.caller().variable("AWS_VAULT_PROMPT", "pinentry");
    assertThat(withPinentry.call("explain", "profile=mfa").body())
        .contains("mfa/me, by pinentry, as AWS_VAULT_PROMPT says\n");
    runner.config("[profile mfa]\nmfa_serial = GAHT12345678\nmfa_process = oath totp\n");
    assertThat(explain("mfa").body())
        .contains("   - an MFA code of GAHT12345678, by mfa_process `oath totp`\n");
  }

  @Test
  void reportsALockedVaultAndDoesNotOpenIt() {
    runner.restart();
    assertThat(explain("dev").body())
        .contains(
            "1. The key of dev in the vault.",
            "   - the vault, which is locked: its key comes from the keyring, a command or a"
                + " passphrase");
    runner.config("[profile dev]\ncredential_process = op\n");
    assertThat(explain("dev").body())
        .contains(
            "1. What a command prints; a long-lived key in it is traded by GetSessionToken",
            "Command          op  (credential_process, ~/.aws/config:2)",
            "Notes:\n   - The vault is locked: if it has a key of the name dev, that key comes"
                + " first.\n");
    assertThat(explain("dev", "json=true").body()).contains("\"vault\": \"locked\"");
  }

  @Test
  void showsTheReadableSettingsOfAProfileThatDoesNotResolve() {
    runner.config("[profile a]\nregion = eu-west-1\nsource_profile = b\n" + ROLE + "[profile c]\n");
    ControlResponse response = explain("a");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message())
        .startsWith("source_profile (" + runner.configFile() + ":3) leads");
    assertThat(response.body())
        .isEqualTo(
            """
            What can be read:

            Profile a (~/.aws/config:1)
               region          eu-west-1  (~/.aws/config:2)
               source_profile  b  (~/.aws/config:3)
               role_arn        arn:aws:iam::222222222222:role/r  (~/.aws/config:4)
            """);
    ControlResponse nothing = explain("nowhere");
    assertThat(nothing.ended(ExitCode.PROFILE)).isTrue();
    assertThat(nothing.body()).isEmpty();
    assertThat(nothing.message()).startsWith("There is no profile \"nowhere\"");
  }

  @Test
  void namesAMissingKey() {
    runner.config("[profile a]\n");
    ControlResponse response = explain("a");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message())
        .isEqualTo("There is no key for a in the vault; run `jvault add a` to store one.");
    assertThat(response.body()).contains("1. The key of a in the vault.", "2. GetSessionToken");
  }

  @Test
  void namesAMistypedSetting() {
    runner.config("[profile a]\nrole_anr = x\nsorce_profile = dev\ncolour = red\n");
    ControlResponse response = explain("a");
    assertThat(response.ended(ExitCode.PROFILE)).isTrue();
    assertThat(response.message())
        .isEqualTo(
            "role_anr (%s:2) is an unknown key; did you mean role_arn?"
                .formatted(runner.configFile()));
    assertThat(response.body())
        .endsWith(
            """

            Advice:
               - sorce_profile (~/.aws/config:3) is an unknown key; did you mean source_profile?
            """);
    assertThat(runner.caller().call("exec", "profile=a").message()).isEqualTo(response.message());
    runner.config("[profile dev]\nrole_anr = x\n");
    assertThat(VerbRunner.succeeded(explain("dev")).body())
        .contains("1. The key of dev in the vault.", "did you mean role_arn?");
    runner.restart();
    assertThat(VerbRunner.succeeded(explain("dev")).body())
        .contains("1. The key of dev in the vault.", "did you mean role_arn?");
  }

  @Test
  void advisesAgainstAPlaintextKeyAndDoesNotShowIt() throws IOException {
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[plain]\naws_access_key_id = AKIAPLAIN\naws_secret_access_key = canary-secret\n");
    String text = VerbRunner.succeeded(explain("plain")).body();
    assertThat(text)
        .contains(
            "SecretAccessKey  (hidden)  (aws_secret_access_key, ~/.aws/credentials:3)",
            "`jvault import plain` moves it into the vault")
        .doesNotContain("canary");
    assertThat(explain("plain", "json=true").body()).doesNotContain("canary");
  }

  @Test
  void saysWhichSourceWinsAndWhatDefaultHides() {
    runner.config(
        """
        [default]
        credential_process = other
        [profile a]
        credential_process = op
        login_session = arn:aws:sts::1:me
        """);
    assertThat(explain("a").body())
        .contains(
            "Notes:\n   - Profile a also has credential_process",
            "   - [default] has credential keys, which every SDK would prefer to the endpoint: a"
                + " command gets copies",
            "Taken out: credential_process (~/.aws/config:2).");
  }

  @Test
  void showsTheCallersVariables() {
    runner.config("[profile dev]\n");
    var caller =
        runner
            .caller()
            .variable("AWS_ROLE_ARN", "arn:aws:iam::444444444444:role/v")
            .variable("AWS_ASSUME_ROLE_TTL", "30m")
            .variable("AWS_DEFAULT_REGION", "eu-west-2")
            .variable("HTTPS_PROXY", "http://me:canary@proxy.example.com:3128");
    assertThat(VerbRunner.succeeded(caller.call("explain", "profile=dev")).body())
        .contains(
            "role/v  (AWS_ROLE_ARN in the environment)",
            "DurationSeconds  1800  (AWS_ASSUME_ROLE_TTL in the environment)",
            "https://sts.eu-west-2.amazonaws.com  (AWS_DEFAULT_REGION in the environment)",
            "Proxy            proxy.example.com:3128  (HTTPS_PROXY in the environment)",
            "Region of the command: eu-west-2  (AWS_DEFAULT_REGION in the environment)")
        .doesNotContain("canary");
  }

  @Test
  void jsonSaysTheSame() {
    assertThat(explain("mfa-role", "json=true").body())
        .contains(
            "\"profile\": \"mfa-role\"",
            "\"vault\": \"unlocked\"",
            "\"call\": \"GetSessionToken\"",
            "\"name\": \"SerialNumber\"",
            "\"key\": \"mfa_serial\"",
            "\"where\": \"" + runner.configFile() + ":13\"",
            "\"what\": \"mfa-code\"",
            "\"how\": \"terminal\"");
    assertThat(explain("nowhere", "json=true").body())
        .contains("\"problem\": \"There is no profile", "\"steps\": [");
  }

  private ControlResponse explain(String profile, String... options) {
    var all = new ArrayList<>(List.of(options));
    all.add("profile=" + profile);
    return runner.caller().call("explain", all.toArray(String[]::new));
  }
}
