package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which chain a config text means. */
final class ChainResolutionTest {
  private static final String MFA = "arn:aws:iam::111111111111:mfa/me";

  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void aProfileWithNothingElseIsTheKeyOfItsName() {
    home.config("[profile dev]\nregion = eu-west-1\n");
    assertThat(home.outcome("dev")).isEqualTo("key dev > token 12h eu-west-1 : eu-west-1");
  }

  @Test
  void anMfaSerialGoesIntoTheSessionToken() {
    home.config("[profile dev]\nmfa_serial = " + MFA + "\nmfa_process = pass otp aws\n");
    assertThat(home.outcome("dev"))
        .isEqualTo("key dev > token " + MFA + " (pass otp aws) 12h us-east-1");
  }

  @Test
  void aRoleWithoutMfaIsTakenStraightFromTheKeyOfItsSource() {
    home.config(
        """
        [profile root]
        [profile child]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/admin
        external_id = ext-1
        role_session_name = me@work
        duration_seconds = 7200
        region = eu-west-1
        """);
    assertThat(home.outcome("child"))
        .isEqualTo("key root > 222/admin as me@work ext ext-1 2h eu-west-1 : eu-west-1");
  }

  @Test
  void aRoleWithoutASourceOrWithItselfUsesTheKeyOfItsOwnName() {
    home.config(
        """
        [profile a]
        role_arn = arn:aws:iam::222222222222:role/admin
        [profile b]
        role_arn = arn:aws:iam::222222222222:role/admin
        source_profile = b
        """);
    assertThat(home.outcome("a")).isEqualTo("key a > 222/admin as jvault-sam-smith 1h us-east-1");
    assertThat(home.outcome("b")).isEqualTo("key b > 222/admin as jvault-sam-smith 1h us-east-1");
  }

  @Test
  void anMfaSerialAnywhereInTheChainIsUsedOnceOnTheKey() {
    String roles =
        """
        [profile root]
        region = us-west-2
        %s
        [profile low]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/low
        duration_seconds = 43200
        %s
        [profile top]
        source_profile = low
        role_arn = arn:aws:iam::333333333333:role/top
        region = eu-west-1
        %s
        """;
    String serial = "mfa_serial = " + MFA;
    String chain =
        "key root > token "
            + MFA
            + " 12h us-west-2"
            + " > 222/low as jvault-sam-smith 1h eu-west-1"
            + " > 333/top as jvault-sam-smith 1h eu-west-1 : eu-west-1";
    for (Object[] places : new Object[][] {{serial, "", ""}, {"", serial, ""}, {"", "", serial}}) {
      assertThat(home.config(roles.formatted(places)).outcome("top")).isEqualTo(chain);
    }
    assertThat(home.config(roles.formatted("", "", "")).outcome("top"))
        .isEqualTo(
            "key root > 222/low as jvault-sam-smith 12h eu-west-1"
                + " > 333/top as jvault-sam-smith 1h eu-west-1 : eu-west-1");
  }

  @Test
  void ofSeveralMfaSerialsTheOneNearestToTheKeyCounts() {
    home.config(
        """
        [profile root]
        mfa_serial = nearest-1
        [profile top]
        source_profile = root
        mfa_serial = farther-1
        mfa_process = code
        role_arn = arn:aws:iam::333333333333:role/top
        """);
    assertThat(home.outcome("top")).startsWith("key root > token nearest-1 (code) 12h");
    assertThat(home.with("AWS_MFA_SERIAL", "variable-1").outcome("top"))
        .startsWith("key root > token variable-1 (code) 12h");
  }

  @Test
  void allRolesOfOneKeyShareItsSessionToken() {
    home.config(
        """
        [profile root]
        mfa_serial = serial-of-root
        [profile a]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/a
        region = eu-west-1
        [profile b]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/b
        region = us-east-2
        endpoint_url = https://sts.example.com
        """);
    Hop token = home.resolve("root").hops().get(1);
    assertThat(home.resolve("a").hops()).contains(token);
    assertThat(home.resolve("b").hops()).contains(token);
  }

  @Test
  void aKeyWithoutARegionIsOfThePartitionOfTheProfileAskedFor() {
    home.config(
        """
        [default]
        region = eu-west-1
        [profile a]
        source_profile = root
        role_arn = arn:aws-cn:iam::222222222222:role/a
        mfa_serial = arn:aws-cn:iam::222222222222:mfa/me
        region = cn-north-1
        [profile b]
        source_profile = here
        role_arn = arn:aws-us-gov:iam::222222222222:role/b
        mfa_serial = serial-of-b
        region = us-gov-west-1
        [profile here]
        region = us-gov-east-1
        """);
    assertThat(home.keys("root").outcome("a"))
        .startsWith("key root > token arn:aws-cn:iam::222222222222:mfa/me 12h cn-north-1 > ");
    assertThat(home.outcome("b")).startsWith("key here > token serial-of-b 12h us-gov-east-1 > ");
  }

  @Test
  void aSourceProfileWithoutARoleLendsItsCredentials() {
    home.config("[profile root]\n[profile alias]\nsource_profile = root\nregion = eu-west-1\n");
    assertThat(home.outcome("alias")).isEqualTo("key root > token 12h us-east-1 : eu-west-1");
    assertThat(home.keys("alias").outcome("alias"))
        .isEqualTo("key alias > token 12h eu-west-1 : eu-west-1");
  }

  @Test
  void regionAndDurationAreInheritedFromDefaultAndNothingElseIs() {
    home.config(
        """
        [default]
        region = ap-south-1
        duration_seconds = 1800
        mfa_serial = mfa-of-default
        external_id = ext-default
        [profile root]
        [profile child]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/admin
        """);
    assertThat(home.outcome("child"))
        .isEqualTo("key root > 222/admin as jvault-sam-smith 30m ap-south-1 : ap-south-1");
  }

  @Test
  void theCallersRegionChoosesTheStsOnlyIfNoProfileDoes() {
    home.config("[profile dev]\n").with("AWS_DEFAULT_REGION", "eu-north-1");
    assertThat(home.outcome("dev")).isEqualTo("key dev > token 12h eu-north-1");
    assertThat(home.with("AWS_REGION", "eu-south-1").outcome("dev"))
        .isEqualTo("key dev > token 12h eu-south-1");
  }

  @Test
  void aKeyWithoutASectionIsAProfile() {
    assertThat(home.keys("bare key").outcome("bare key"))
        .isEqualTo("key bare key > token 12h us-east-1");
  }

  @Test
  void aSourceProfileMayBeAKeyWithoutASection() {
    home.config(
        "[profile a]\nsource_profile=root\nrole_arn=arn:aws:iam::222222222222:role/admin\n");
    assertThat(home.keys("root").outcome("a"))
        .isEqualTo("key root > 222/admin as jvault-sam-smith 1h us-east-1");
  }

  @Test
  void theCredentialsFileWins() {
    home.config("[profile dev]\nregion = eu-west-1\nmfa_serial = serial-of-config\n");
    home.credentials("[dev]\nregion = eu-west-2\n[only]\nregion = eu-west-3\n");
    assertThat(home.outcome("dev"))
        .isEqualTo("key dev > token serial-of-config 12h eu-west-2 : eu-west-2");
    assertThat(home.outcome("only")).isEqualTo("key only > token 12h eu-west-3 : eu-west-3");
  }

  @Test
  void aPlainKeyDoesNotStopTheVaultsKeyOfThatName() {
    home.credentials("[dev]\naws_access_key_id = AKIAPLAIN\naws_secret_access_key = PLAIN\n");
    assertThat(home.keys("dev").outcome("dev")).isEqualTo("key dev > token 12h us-east-1");
  }

  @Test
  void aRoleWithASourceProfileHidesOtherSourcesAsInBotocore() {
    home.config(
        """
        [profile root]
        [profile a]
        source_profile = root
        role_arn = arn:aws:iam::222222222222:role/admin
        sso_account_id = 222222222222
        credential_process = /bin/true
        """);
    assertThat(home.outcome("a"))
        .isEqualTo("key root > 222/admin as jvault-sam-smith 1h us-east-1");
  }

  @Test
  void theSessionNameVariableIsForTheRoleThatWasAskedFor() {
    home.config(
        """
        [profile low]
        role_arn = arn:aws:iam::222222222222:role/low
        [profile top]
        source_profile = low
        role_arn = arn:aws:iam::333333333333:role/top
        role_session_name = from-file
        """);
    assertThat(home.with("AWS_ROLE_SESSION_NAME", "from-env").outcome("top"))
        .isEqualTo(
            "key low > 222/low as jvault-sam-smith 1h us-east-1"
                + " > 333/top as from-env 1h us-east-1");
  }

  @Test
  void aRoleAboveAProfileIsOneMoreHopOfAnHourAtMost() {
    String role = "arn:aws:iam::333333333333:role/team/x";
    home.config(
        """
        [profile dev]
        region = eu-west-1
        mfa_serial = %s
        [profile child]
        source_profile = dev
        role_arn = arn:aws:iam::222222222222:role/admin
        external_id = ext-1
        role_session_name = me@work
        duration_seconds = 3600
        region = eu-west-3
        """
            .formatted(MFA));
    assertThat(home.withRole("dev", role))
        .isEqualTo(
            home.outcome("dev")
                .replace(" : ", " > 333/team/x as jvault-sam-smith 1h eu-west-1 : "));
    String child = home.outcome("child");
    assertThat(home.withRole("child", role))
        .isEqualTo(child.replace(" : ", " > 333/team/x as me@work 1h eu-west-3 : "));
    assertThat(home.outcome("child")).isEqualTo(child);
    var _ = home.with("AWS_ASSUME_ROLE_TTL", "12h");
    assertThat(home.withRole("child", role)).contains("333/team/x as me@work 1h ");
    var _ = home.with("AWS_ASSUME_ROLE_TTL", "15m");
    assertThat(home.withRole("child", role)).contains("333/team/x as me@work 15m ");
  }

  @Test
  void theSameFilesAndCallerGiveTheSameChain() {
    home.config(
        "[profile a]\nmfa_serial = serial-of-a\nrole_arn = arn:aws:iam::222222222222:role/r\n");
    assertThat(home.resolve("a")).isEqualTo(new ConfigHome(folder).resolve("a"));
  }

  @Test
  void theHopsCarryWhatTheCallsNeed() {
    home.config(
        """
        [profile a]
        role_arn = arn:aws:iam::222222222222:role/r
        external_id = ext
        mfa_serial = serial-of-a
        """);
    var sts =
        new ServiceTarget(
            "us-east-1", Optional.empty(), false, false, Optional.empty(), Optional.empty());
    assertThat(home.resolve("a").hops())
        .containsExactly(
            new Hop.StoredKey("a"),
            new Hop.SessionToken(
                Optional.of(new MfaDevice("serial-of-a", Optional.empty())),
                Duration.ofHours(12),
                sts),
            new Hop.AssumeRole(
                "a",
                "arn:aws:iam::222222222222:role/r",
                "jvault-sam-smith",
                new RoleOptions(Optional.of("ext"), Optional.empty(), Map.of(), List.of()),
                Optional.empty(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                sts));
  }
}
