package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which source a profile means, and what its role is asked for with. */
final class SourceResolutionTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";
  private static final String MFA = "arn:aws:iam::111111111111:mfa/me";
  private static final String SSO =
      "sso_account_id = 333333333333\nsso_role_name = admin\nsso_session = work\n";
  private static final String WORK =
      "[sso-session work]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n";

  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void everySourceOfTheAwsCliIsRead() {
    assertThat(of("web_identity_token_file = /token\n" + ROLE))
        .isEqualTo("web 222/r as jvault-sam-smith by /token 1h us-east-1");
    assertThat(of("web_identity_token_process = mint\n" + ROLE + "role_session_name = me\n"))
        .isEqualTo("web 222/r as me by `mint` 1h us-east-1");
    assertThat(of(SSO + WORK)).isEqualTo("sso work 333333333333 admin eu-west-1");
    assertThat(of("login_session = arn:aws:sts::111111111111:user/me\n"))
        .isEqualTo("login arn:aws:sts::111111111111:user/me");
    assertThat(of("credential_process = op-aws\n"))
        .isEqualTo("process `op-aws` (token 12h us-east-1)");
    assertThat(of("aws_access_key_id = AKIA\naws_secret_access_key = s\n"))
        .isEqualTo("plain a > token 12h us-east-1");
    assertThat(of("aws_access_key_id = AKIA\naws_secret_access_key = s\naws_session_token = t\n"))
        .isEqualTo("plain a temporary");
    assertThat(of("credential_source = Ec2InstanceMetadata\n")).isEqualTo("ec2");
    assertThat(of("credential_source = EcsContainer\n" + ROLE)).startsWith("ecs > 222/r");
    assertThat(of("credential_source = Environment\n" + ROLE)).startsWith("environment > 222/r");
  }

  @Test
  void theOlderFormOfIdentityCenterIsItsStartUrl() {
    assertThat(
            of(
                """
                sso_start_url = https://x.awsapps.com/start
                sso_region = us-west-2
                sso_account_id = 333333333333
                sso_role_name = admin
                """))
        .isEqualTo("sso https://x.awsapps.com/start 333333333333 admin us-west-2");
  }

  @Test
  void aRoleCanHaveAnySource() {
    home.config("[profile p]\ncredential_process = op\n[profile s]\n" + SSO + WORK);
    assertThat(above("p")).isEqualTo("process `op` > 222/r as jvault-sam-smith 1h us-east-1");
    assertThat(above("s")).startsWith("sso work 333333333333 admin eu-west-1 > 222/r");
  }

  @Test
  void theOrderIsThatOfTheAwsCli() {
    String all =
        "web_identity_token_file = /token\n"
            + ROLE
            + SSO
            + "login_session = x\ncredential_process = op\n";
    home.credentials("[a]\naws_access_key_id = AKIA\naws_secret_access_key = s\n");
    assertThat(of(all + WORK)).startsWith("web");
    String withoutWeb = all.substring(all.indexOf("sso_"));
    assertThat(of(withoutWeb + WORK)).startsWith("sso");
    String withoutSso = withoutWeb.substring(withoutWeb.indexOf("login_"));
    assertThat(of(withoutSso)).startsWith("plain");
    home.credentials("");
    String plain = "aws_access_key_id = AKIA\naws_secret_access_key = s\n";
    assertThat(of(withoutSso + plain)).startsWith("login");
    assertThat(of("credential_process = op\n" + plain)).startsWith("process");
    assertThat(home.resolve("a").notes())
        .containsExactly(
            "Profile a also has aws_access_key_id (%s:3), which does not count: credential_process"
                    .formatted(home.config)
                + " comes first.");
  }

  @Test
  void aKeyInTheVaultComesBeforeTheFiles() {
    home.keys("a");
    assertThat(of("credential_process = op\n")).isEqualTo("key a > token 12h us-east-1");
  }

  @Test
  void aSourceWithAKeyOfItsOwnIsThatKeyWhateverRoleItHas() {
    home.config(
        "[profile b]\n"
            + ROLE
            + "source_profile = c\naws_access_key_id = AKIA\n"
            + "aws_secret_access_key = s\n[profile c]\n");
    assertThat(above("b")).startsWith("plain b > 222/r");
    assertThat(home.outcome("b")).startsWith("key c > 222/r");
  }

  @Test
  void aCodeIsUsedInTheRolesCallIfThereIsNoKey() {
    home.config("[profile p]\ncredential_process = op\n");
    append("[profile a]\nsource_profile = p\nmfa_serial = " + MFA + "\n" + ROLE);
    assertThat(home.outcome("a"))
        .isEqualTo("process `op` > 222/r as jvault-sam-smith code " + MFA + " 1h us-east-1");
  }

  @Test
  void tagsAndSourceIdentityGoIntoTheRolesCall() {
    home.config(
        "[profile root]\n[profile a]\nsource_profile = root\nsession_tags = team=core, app=x\n"
            + "transitive_session_tags = team\nsource_identity = sam\n"
            + ROLE);
    assertThat(home.outcome("a"))
        .isEqualTo(
            "key root > 222/r as jvault-sam-smith identity sam tags {team=core, app=x}"
                + " transitive [team] 1h us-east-1");
    home.with("AWS_SESSION_TAGS", "team=other")
        .with("AWS_TRANSITIVE_TAGS", "none")
        .with("AWS_SOURCE_IDENTITY", "me");
    assertThat(home.outcome("a")).contains("identity me tags {team=other} transitive [none]");
  }

  @Test
  void theVariableNamesAnotherRole() {
    home.config("[profile root]\n[profile a]\nexternal_id = ext\nsource_profile = root\n" + ROLE);
    home.with("AWS_ROLE_ARN", "arn:aws:iam::444444444444:role/v");
    assertThat(home.outcome("a"))
        .isEqualTo("key root > 444/v as jvault-sam-smith ext ext 1h us-east-1");
    assertThat(home.outcome("root")).isEqualTo("key root > 444/v as jvault-sam-smith 1h us-east-1");
    home.config(
        "[profile root]\nmfa_serial = "
            + MFA
            + "\nexternal_id = ext\n[profile a]\n"
            + "source_profile = root\n"
            + ROLE);
    assertThat(home.outcome("root"))
        .isEqualTo(
            "key root > token "
                + MFA
                + " 12h us-east-1 > 444/v as jvault-sam-smith ext ext 1h"
                + " us-east-1");
    home.with("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    assertThat(home.outcome("a")).contains(" > 222/r").doesNotContain("444/v");
    assertThat(home.outcome("root"))
        .isEqualTo("web 444/v as jvault-sam-smith by /token 1h us-east-1");
  }

  @Test
  void includedValuesFillMissingOnes() {
    home.config(
        """
        [profile root]
        [profile common]
        mfa_serial = arn:aws:iam::111111111111:mfa/me
        source_profile = root
        parent_profile = more
        [profile more]
        region = eu-west-3
        external_id = ext
        source_profile = nowhere
        [profile a]
        include_profile = common
        """
            + ROLE);
    assertThat(home.outcome("a"))
        .isEqualTo(
            "key root > token "
                + MFA
                + " 12h us-east-1 > 222/r as jvault-sam-smith ext ext 1h"
                + " eu-west-3 : eu-west-3");
  }

  @Test
  void aKeyInPlainTextIsNotIncluded() {
    home.config(
        """
        [profile b]
        aws_access_key_id = AKIA
        aws_secret_access_key = s
        [profile a]
        include_profile = b
        """);
    assertThat(home.outcome("a")).isEqualTo("key a > token 12h us-east-1");
  }

  @Test
  void anIncludeThatLeadsNowhereOrRoundIsNamed() {
    assertThat(of("include_profile = b\n"))
        .startsWith(
            "Profile a is broken: include_profile (~/.aws/config:2) includes a profile that does"
                + " not exist: there is no profile \"b\"");
    assertThat(of("include_profile = b\n[profile b]\ninclude_profile = a\n"))
        .isEqualTo(
            "Profile a is broken: include_profile (~/.aws/config:4) closes a loop: a → b → a; take"
                + " one of them out.");
  }

  @Test
  void aFaultIsNamedWithItsPlace() {
    assertThat(of(SSO))
        .isEqualTo(
            "sso_session (~/.aws/config:4) names an [sso-session] section that does not exist; correct"
                + " it.");
    assertThat(of("sso_session = wrok\nsso_account_id = 333333333333\nsso_role_name = x\n" + WORK))
        .endsWith("; did you mean work?");
    assertThat(of("sso_account_id = 12\nsso_role_name = x\n"))
        .isEqualTo(
            "sso_account_id (~/.aws/config:2) is not an account of twelve digits; correct it.");
    assertThat(of("sso_session = work\n" + WORK))
        .isEqualTo(
            "sso_session (~/.aws/config:2) needs sso_account_id beside it; add it or remove both.");
    assertThat(of(SSO + "[sso-session work]\nsso_region = eu-west-1\n"))
        .isEqualTo("[sso-session work] (~/.aws/config:5) has no sso_start_url; add it.");
    assertThat(of(SSO + "sso_region = us-east-1\n" + WORK))
        .isEqualTo(
            "sso_region (~/.aws/config:5) contradicts the [sso-session] section; remove one of"
                + " them.");
    assertThat(of("web_identity_token_file = /token\n"))
        .isEqualTo(
            "web_identity_token_file (~/.aws/config:2) needs a role; set role_arn beside it.");
    assertThat(of("credential_source = Moon\n"))
        .isEqualTo(
            "credential_source (~/.aws/config:2) is none of Environment, Ec2InstanceMetadata,"
                + " EcsContainer; correct it.");
    assertThat(of("credential_process = op\n" + ROLE))
        .startsWith("credential_process (~/.aws/config:2) cannot be the source of a role");
    assertThat(of("session_tags = a\nsource_profile = b\n" + ROLE + "[profile b]\n"))
        .startsWith("session_tags (~/.aws/config:2) is not a list of at most 50 tags");
    assertThat(of("source_identity = a b\nsource_profile = b\n" + ROLE + "[profile b]\n"))
        .startsWith("source_identity (~/.aws/config:2) is not 2 to 64 of letters");
  }

  @Test
  void aLongRoleIsShortenedOnlyIfASessionSignsTheCall() {
    home.config(
        "[profile root]\n[profile a]\nsource_profile = root\nduration_seconds = 14400\nmfa_serial"
            + " = "
            + MFA
            + "\n"
            + ROLE);
    var role = (Hop.AssumeRole) home.resolve("a").hops().getLast();
    assertThat(role.duration()).hasHours(1);
    assertThat(role.unshortened().duration()).hasHours(4);
    assertThat(home.resolve("a").notes()).singleElement().asString().contains("is to last 4h");
  }

  @Test
  void eachStepNamesTheOriginOfItsValues() {
    home.config(
        "[profile root]\n[default]\nregion = eu-west-1\n[profile a]\nsource_profile = root\n"
            + ROLE
            + "external_id = ext\n");
    assertThat(home.resolve("a").steps().getLast().origins())
        .extracting(Setting::toString)
        .containsExactly(
            "role_arn (" + home.config + ":6)",
            "external_id (" + home.config + ":7)",
            "region (" + home.config + ":3)");
  }

  private String of(String settings) {
    home.config("[profile a]\n" + settings);
    return home.outcome("a");
  }

  private String above(String source) {
    append("[profile above]\nsource_profile = " + source + "\n" + ROLE);
    return home.outcome("above");
  }

  private void append(String text) {
    try {
      home.config(Files.readString(home.config) + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
