package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.testing.Attack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences about profiles that cannot be used. */
final class ProfileFaultsTest {
  private static final String ROLE = "role_arn = arn:aws:iam::222222222222:role/r\n";

  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void anUnknownProfileIsAnsweredWithTheNearestNames() {
    home.config("[default]\n[profile dev]\n[profile dev2]\n[profile prod]\n[profile DEVS]\n");
    assertThat(home.outcome("devv"))
        .isEqualTo(
            "There is no profile \"devv\" in ~/.aws/config or ~/.aws/credentials, and no key of"
                + " that name in the vault; did you mean dev, dev2, DEVS?");
  }

  @Test
  @Attack("not-the-default")
  void anUnknownProfileNeverMeansTheDefault() {
    home.config("[default]\nregion = eu-west-1\n").keys("default");
    assertThat(home.outcome("nothing-like-it"))
        .isEqualTo(
            "There is no profile \"nothing-like-it\" in ~/.aws/config or ~/.aws/credentials, and"
                + " no key of that name in the vault; `jvault list` shows what there is.");
  }

  @Test
  void aHeaderWithoutTheWordProfileIsPointedOut() {
    home.config("[profile a]\n[dev]\nregion = eu-west-1\n");
    assertThat(home.outcome("dev"))
        .contains("; the header at ~/.aws/config:2 lacks the word profile;");
  }

  @Test
  void anUnreadableHeaderIsPointedOutAndItsKeysBelongToNoProfile() {
    home.config("[profile a]\nregion = eu-west-1\n[profile b\nregion = eu-west-2\n" + ROLE);
    assertThat(home.outcome("b"))
        .contains("; ~/.aws/config:3 belongs to no section that can be read;");
    assertThat(home.outcome("a")).isEqualTo("key a > token 12h eu-west-1 : eu-west-1");
  }

  @Test
  void aLoopIsNamed() {
    home.config(
        "[profile start]\nsource_profile = a\n"
            + ROLE
            + "[profile a]\nsource_profile = b\n"
            + ROLE
            + "[profile b]\nsource_profile = a\n"
            + ROLE);
    assertThat(home.outcome("start"))
        .isEqualTo(
            "source_profile (~/.aws/config:8) closes a loop: a → b → a; one of them must name a"
                + " key.");
  }

  @Test
  void aSourceProfileThatDoesNotExistIsNamedWithItsPlace() {
    home.config("[profile root]\n[profile a]\n" + ROLE + "source_profile = roto\n");
    assertThat(home.outcome("a"))
        .isEqualTo(
            "source_profile (~/.aws/config:4) leads nowhere: there is no profile \"roto\" in"
                + " ~/.aws/config or ~/.aws/credentials, and no key of that name in the vault; did"
                + " you mean root?");
  }

  @Test
  void aPlainKeyIsNeverShown() {
    home.credentials("[dev]\naws_access_key_id = AKIAPLAIN\naws_secret_access_key = PLAIN\n");
    assertThat(home.resolve("dev").toString()).doesNotContain("= PLAIN").doesNotContain("PLAIN]");
    home.credentials("[dev]\naws_secret_access_key = PLAIN\n");
    assertThat(home.outcome("dev"))
        .isEqualTo(
            "aws_secret_access_key (~/.aws/credentials:2) needs aws_access_key_id beside it; add it"
                + " or remove both.");
  }

  @Test
  void twoSourcesContradictEachOther() {
    home.config(
        "[profile r]\n[profile a]\n" + ROLE + "source_profile=r\ncredential_source=Environment\n");
    assertThat(home.outcome("a"))
        .isEqualTo(
            "credential_source (~/.aws/config:5) contradicts source_profile in the same profile;"
                + " remove one of them.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role_arn = admin            | role_arn (~/.aws/config:3) is not a role such as arn:
          role_session_name = a b     | role_session_name (~/.aws/config:3) is not 2 to 64 of
          external_id = a b           | external_id (~/.aws/config:3) is not 2 to 1224 of
          mfa_serial = no device      | mfa_serial (~/.aws/config:3) is not the ARN or serial
          duration_seconds = 899      | duration_seconds (~/.aws/config:3) is not a number of
          duration_seconds = 43201    | duration_seconds (~/.aws/config:3) is not a number of
          duration_seconds = 1h       | duration_seconds (~/.aws/config:3) is not a number of
          region = eu/west            | region (~/.aws/config:3) is not a region such as
          region = -eu                | region (~/.aws/config:3) is not a region such as
          use_fips_endpoint = yes     | use_fips_endpoint (~/.aws/config:3) is neither true nor
          use_dualstack_endpoint = 1  | use_dualstack_endpoint (~/.aws/config:3) is neither true
          sts_regional_endpoints = no | sts_regional_endpoints (~/.aws/config:3) is neither
          endpoint_url = localhost    | endpoint_url (~/.aws/config:3) is not an address such as
          endpoint_url = http://a:b@c | endpoint_url (~/.aws/config:3) is not an address such as
          services = none             | services (~/.aws/config:3) names a [services] section
          ca_bundle = ca.pem          | ca_bundle (~/.aws/config:3) is a relative path
          """)
  void aWrongValueIsNamedWithItsPlace(String line, String start) {
    home.config("[profile a]\n" + ROLE + line + "\n");
    assertThat(home.outcome("a")).startsWith(start).endsWith(".").doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_REGION, eu west",
    "AWS_MFA_SERIAL, no device",
    "AWS_ROLE_SESSION_NAME, x y",
    "AWS_ASSUME_ROLE_TTL, 13h",
    "AWS_ENDPOINT_URL, nowhere",
    "AWS_ENDPOINT_URL_STS, ftp://x",
    "AWS_USE_FIPS_ENDPOINT, maybe",
    "AWS_STS_REGIONAL_ENDPOINTS, global",
    "AWS_CA_BUNDLE, ca.pem",
    "AWS_CONFIG_FILE, config",
    "HTTPS_PROXY, ://x"
  })
  void aWrongVariableIsNamed(String variable, String value) {
    home.config("[profile a]\n" + ROLE).with(variable, value);
    assertThat(home.outcome("a")).startsWith(variable + " (in the environment) is ");
  }

  @Test
  void aValueOverSeveralLinesIsNotTakenForARole() {
    home.config("[profile a]\n" + ROLE.strip() + "\n  more\n");
    assertThat(home.outcome("a")).startsWith("role_arn (~/.aws/config:2) is not a role");
  }

  @Test
  void aBrokenLineBreaksItsProfileOnly() {
    home.config(
        "[profile a]\nregion = eu-west-1\n\n# text\n[profile b]\n# text\nregion\n[profile c]\n");
    assertThat(home.outcome("b"))
        .isEqualTo(
            "Profile b is broken: ~/.aws/config:7 cannot be read: expected an '=' sign defining a"
                + " property; correct that line.");
    assertThat(home.outcome("a")).startsWith("key a");
    assertThat(home.outcome("c")).startsWith("key c");
  }

  @Test
  void aBrokenLineInDefaultLeavesItsGoodLinesToBeInherited() {
    home.config("[default]\nbroken\n  broken\nregion = eu-west-1\n= x\n[profile a]\n");
    assertThat(home.outcome("a")).isEqualTo("key a > token 12h eu-west-1 : eu-west-1");
    assertThat(home.outcome("default")).startsWith("Profile default is broken: ~/.aws/config:2 ");
  }

  @Test
  void bytesThatAreNoUtf8BreakTheirSectionUnlessTheyAreInAComment() {
    byte[] text =
        "# M\u00fcller\n[profile a]\nregion = eu-west-1\n[profile b]\nregion = \u00fc\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    home.write(home.config, text);
    assertThat(home.outcome("a")).startsWith("key a");
    assertThat(home.outcome("b"))
        .isEqualTo(
            "Profile b is broken: ~/.aws/config:5 cannot be read: it is not UTF-8 text; correct"
                + " that line.");
  }

  @Test
  void aMissingFileAndTheNullDeviceCountAsEmpty() {
    assertThat(home.outcome("a")).startsWith("There is no profile \"a\" in ~/.aws/config");
    assertThat(home.with("AWS_CONFIG_FILE", "/dev/null").outcome("a"))
        .startsWith("There is no profile \"a\" in /dev/null");
  }

  @Test
  void aFileOfThousandsOfProfilesIsRead() {
    var text =
        new StringBuilder("[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\n");
    text.append("sso_region = us-east-1\n");
    for (int i = 0; i < 5_000; i++) {
      text.append("[profile account-%d/AdministratorAccess]\nsso_session = corp\n".formatted(i))
          .append("sso_account_id = %012d\nsso_role_name = AdministratorAccess\n".formatted(i))
          .append("region = eu-west-1\noutput = json\n# The account of a team, and its owner\n\n")
          .append("# ")
          .append("-".repeat(60))
          .append('\n');
    }
    assertThat(text.length()).isGreaterThan(1 << 20);
    home.config(text.toString());
    assertThat(home.outcome("account-4999/AdministratorAccess"))
        .startsWith("sso corp 000000004999 AdministratorAccess us-east-1");
  }

  @Test
  @Attack("regular-files")
  void aDirectoryADeviceAndAHugeFileAreRefused() throws Exception {
    Files.createDirectories(home.config);
    assertThat(home.outcome("a")).isEqualTo("~/.aws/config is a directory; name a config file.");
    assertThat(home.with("AWS_CONFIG_FILE", "/dev/zero").outcome("a"))
        .isEqualTo("/dev/zero is not a regular file; name a config file.");
    home.with("AWS_CONFIG_FILE", "~/huge").write(folder.resolve("huge"), new byte[(4 << 20) + 1]);
    assertThat(home.outcome("a"))
        .isEqualTo("~/huge is larger than 4 MiB, too large for a config file.");
  }

  @Test
  void anUnreadableFileIsNamed() throws Exception {
    home.config("[profile a]\n");
    Files.setPosixFilePermissions(home.config, PosixFilePermissions.fromString("---------"));
    // The superuser may read everything.
    assertThat(home.outcome("a"))
        .isIn(
            "key a > token 12h us-east-1",
            "~/.aws/config cannot be read (permission denied); make it readable or name another"
                + " file.");
  }

  @Test
  void anInvisibleCharacterIsNamed() {
    home.config("[profile a]\nregion = eu-west-1\u200b\n[profile b]\nsource_profile = a\u00a0x\n");
    assertThat(home.outcome("a"))
        .isEqualTo(
            "region (~/.aws/config:2) is not a region such as eu-west-1; correct it."
                + " Its value has invisible characters: U+200B.");
    assertThat(home.outcome("b")).contains("a\\u00a0x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/fd/63", "/proc/self/fd/3", "/dev/stdin", "/dev/../dev/fd/4"})
  @Attack("regular-files")
  void anOpenFileOfTheCallersProcessIsRefused(String path) {
    home.with("AWS_CONFIG_FILE", path);
    assertThat(home.outcome("a"))
        .startsWith(
            "AWS_CONFIG_FILE (in the environment) is a pipe that only one program can read");
  }

  @Test
  void aNameIsMadePrintable() {
    assertThat(home.outcome("a\n\u001b[31mb".repeat(40)))
        .startsWith("There is no profile \"a\\u000a\\u001b[31mba\\u000a\\u001b[31mb")
        .doesNotContain("\u001b", "\n")
        .hasSizeLessThan(500);
  }
}
