package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that a command gets in place of those whose default would win over the endpoint. */
final class WithoutDefaultKeysTest {
  @TempDir private Path folder;
  private ConfigHome home;

  @BeforeEach
  void home() {
    home = new ConfigHome(folder);
  }

  @Test
  void nothingIsNeededIfDefaultHasNoCredentials() {
    assertThat(home.reader.filtered(home.environment()).texts()).isEmpty();
    home.config("[default]\nregion = x-1\nmfa_serial = x\n[profile a]\nrole_arn = x\n");
    home.credentials("[a]\naws_access_key_id = x\n");
    assertThat(home.reader.filtered(home.environment()).texts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "aws_security_token",
        "role_arn",
        "source_profile",
        "credential_source",
        "credential_process",
        "login_session",
        "sso_session",
        "sso_start_url",
        "sso_role_name",
        "web_identity_token_file",
        "AWS_Access_Key_ID"
      })
  void eachCredentialKeyOfDefaultGoesInBothFiles(String key) {
    home.config("[default]\n" + key + " = x\nregion = x-1\n");
    assertThat(shadowed().config()).isEqualTo("[default]\nregion = x-1\n");
    home.config("[profile default]\n" + key + "=x");
    assertThat(shadowed().config()).isEqualTo("[profile default]\n");
    home.config("").credentials("[default]\n" + key + ": x\n");
    assertThat(shadowed().credentials()).isEqualTo("[default]\n");
  }

  @Test
  void everythingElseStaysByteForByte() {
    home.config(
        "\uFEFF# \u00fc\r\n"
            + "[default]\r\n"
            + "  role_arn = x\r\n"
            + "   more\r\n\r\n"
            + "  # note\r\n"
            + "  region = y\r\n"
            + "s3 =\r\n"
            + "  role_arn = nested\r\n"
            + "\tx = y\n"
            + "[profile a]\r"
            + "role_arn = a\r\n"
            + "[default ]\n"
            + "sso_session=q\n"
            + "[broken\n"
            + "role_arn = z\n\n"
            + "  ");
    home.credentials("[default]\naws_access_key_id = x\n[other]\naws_access_key_id = OTHER\n");
    assertThat(shadowed().config())
        .isEqualTo(
            "\uFEFF# \u00fc\r\n"
                + "[default]\r\n\r\n"
                + "  # note\r\n"
                + "  region = y\r\n"
                + "s3 =\r\n"
                + "  role_arn = nested\r\n"
                + "\tx = y\n"
                + "[profile a]\r"
                + "role_arn = a\r\n"
                + "[default ]\n"
                + "[broken\n"
                + "role_arn = z\n\n"
                + "  ");
    assertThat(shadowed().credentials())
        .isEqualTo("[default]\n[other]\naws_access_key_id = OTHER\n");
  }

  @Test
  void profilesThatHaveDefaultAsTheirSourceReadItUnderAnotherName() {
    home.config(
        """
        [default]
        region = x-1
        role_arn = arn:aws:iam::222222222222:role/d
        source_profile = default
        [profile a]
        source_profile = default
        role_arn = x
        [profile b]
          source_profile=default
        [profile c]
        source_profile = default-2
        s3 =
          source_profile = default
        [sso-session default]
        source_profile = default\
        """);
    home.credentials("[default]\naws_access_key_id = x\n");
    assertThat(shadowed().config())
        .isEqualTo(
            """
            [default]
            region = x-1
            [profile a]
            source_profile = jvault-default
            role_arn = x
            [profile b]
              source_profile=jvault-default
            [profile c]
            source_profile = default-2
            s3 =
              source_profile = default
            [sso-session default]
            source_profile = jvault-default
            [profile jvault-default]
            region = x-1
            role_arn = arn:aws:iam::222222222222:role/d
            source_profile = jvault-default
            """);
    assertThat(shadowed().credentials())
        .isEqualTo("[default]\n[jvault-default]\naws_access_key_id = x\n");
    assertThat(home.reader.filtered(home.environment()).removedKeys())
        .contains(
            new FilteredConfig.RemovedKeys(
                List.of(
                    "role_arn (" + home.config + ":3)",
                    "source_profile (" + home.config + ":4)",
                    "aws_access_key_id (" + home.credentials + ":2)"),
                Optional.of("jvault-default")));
  }

  @Test
  void theOtherNameIsUnusedAndOnlyOneOfTwoSpellingsIsMoved() {
    home.config("[profile jvault-default]\n[profile default]\nregion = y\n");
    home.credentials(
        "[default]\naws_access_key_id = x\n[a]\nsource_profile = default\n"
            + "[jvault-default-2]\n[default]\naws_secret_access_key = y");
    assertThat(shadowed().config()).endsWith("[profile jvault-default-3]\nregion = y\n");
    assertThat(shadowed().credentials())
        .isEqualTo(
            "[default]\n[a]\nsource_profile = jvault-default-3\n[jvault-default-2]\n[default]\n"
                + "[jvault-default-3]\naws_access_key_id = x\naws_secret_access_key = y");
    home.config("[default]\nregion = one\n[profile default]\nregion = two\n");
    assertThat(shadowed().config()).endsWith("[profile jvault-default]\nregion = two\n");
  }

  @Test
  void ifDefaultHasNoCredentialsNothingIsReportedOrMoved() {
    home.config("[default]\nregion = x\n[profile a]\nsource_profile = default\n");
    assertThat(home.reader.filtered(home.environment()).removedKeys()).isEmpty();
    assertThat(home.reader.filtered(home.environment()).texts()).isEmpty();
  }

  private FilteredConfig.Texts shadowed() {
    return home.reader.filtered(home.environment()).texts().orElseThrow();
  }
}
