package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What botocore and aws-vault do at the edges of a source, and jvault with them. */
final class SourceDetailsTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";
  private static final String WEB = "web_identity_token_file = /token\n" + ROLE;
  private static final String SSO =
      """
      sso_start_url = https://x.awsapps.com/start
      sso_region = eu-west-1
      sso_account_id = 333333333333
      sso_role_name = admin
      """;

  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void aSettingThatTheSourceDoesNotUseBreaksNothing() {
    home.with("AWS_SESSION_TOKEN_TTL", "garbage");
    assertThat(of(SSO + "mfa_serial = nonsense!\n")).startsWith("sso ");
    assertThat(of(WEB)).startsWith("web ");
    assertThat(of("credential_process = op\n")).startsWith("AWS_SESSION_TOKEN_TTL (in the env");
  }

  @Test
  @Attack("no-secret-sent")
  void aSecretInThePlaceOfAnIdIsNotInWhatAChainLeadsTo() {
    String secret = "aaaabbbbccccddddeeeeffffgggghhhhiiiiJJJJ";
    home.credentials(
        "[a]\naws_access_key_id = %s\naws_secret_access_key = AKIA\n".formatted(secret));
    assertThat(home.resolve("a").leadsTo()).startsWith("the key (not shown");
  }

  @Test
  void theStepOfASourceTellsItsOwnSettingsOnly() {
    home.config("[profile a]\nmfa_serial = arn:aws:iam::111111111111:mfa/me\n");
    assertThat(home.resolve("a").steps().getFirst().origins()).isEmpty();
  }

  @Test
  void aWebIdentityBelowARoleAsksTheStsOfTheProfileThatWasAskedFor() {
    home.config(
        "[profile web]\n"
            + WEB
            + "[profile a]\nregion = cn-north-1\nsource_profile = web\n"
            + ROLE);
    assertThat(home.outcome("a"))
        .isEqualTo(
            "web 222/r as jvault-sam-smith by /token 1h cn-north-1 > 222/r as jvault-sam-smith 1h"
                + " cn-north-1 : cn-north-1");
  }

  @Test
  void theVariablesOfARoleAreThoseOfAWebIdentityToo() {
    home.with("AWS_ROLE_ARN", "arn:aws:iam::444444444444:role/v")
        .with("AWS_ROLE_SESSION_NAME", "me");
    assertThat(of(WEB)).isEqualTo("web 444/v as me by /token 1h us-east-1");
  }

  @Test
  void theVariablesOfAnotherTokenDoNotBelongToTheProfile() {
    home.with("AWS_ROLE_ARN", "arn:aws:iam::444444444444:role/v")
        .with("AWS_WEB_IDENTITY_TOKEN_FILE", "/other");
    assertThat(of(WEB)).isEqualTo("web 222/r as jvault-sam-smith by /token 1h us-east-1");
    home.with("AWS_ROLE_ARN", "");
    assertThat(of(""))
        .isEqualTo(
            "AWS_WEB_IDENTITY_TOKEN_FILE (in the environment) needs a role; set AWS_ROLE_ARN"
                + " beside it.");
  }

  @Test
  void aTokenOfTheOtherFileDoesNotBelongToAKey() {
    home.credentials("[a]\naws_access_key_id = AKIA\naws_secret_access_key = s\n");
    assertThat(of("aws_session_token = old\n")).isEqualTo("plain a > token 12h us-east-1");
    home.credentials("[a]\naws_access_key_id = AKIA\n");
    assertThat(of("aws_secret_access_key = s\n"))
        .isEqualTo(
            "aws_access_key_id (~/.aws/credentials:2) needs aws_secret_access_key beside it; add"
                + " it or remove both.");
  }

  @Test
  void aStartUrlAloneIsNoSource() {
    String startUrl = "sso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n";
    assertThat(of(startUrl + "credential_process = op\n")).startsWith("process `op`");
    assertThat(of(startUrl))
        .isEqualTo(
            "sso_start_url (~/.aws/config:2) needs sso_account_id beside it; add it or remove"
                + " both.");
  }

  @Test
  void aBrokenSectionOfServicesIsNotTakenForAnEmptyOne() {
    assertThat(of("services = mine\n[services mine]\nsts =\n  endpoint_url https://x\n"))
        .startsWith("services (~/.aws/config:2) names a section that is broken: ~/.aws/config:5");
  }

  private String of(String settings) {
    home.config("[profile a]\n" + settings);
    return home.outcome("a");
  }
}
