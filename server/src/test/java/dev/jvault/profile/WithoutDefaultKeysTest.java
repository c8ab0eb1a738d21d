package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
  void nothingIsNeededWhereDefaultHasNoCredentials() {
    assertThat(home.profiles.withoutDefaultKeys(home.environment())).isEmpty();
    home.config("[default]\nregion = x-1\nmfa_serial = x\n[profile a]\nrole_arn = x\n");
    home.credentials("[a]\naws_access_key_id = x\n");
    assertThat(home.profiles.withoutDefaultKeys(home.environment())).isEmpty();
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
  void allElseStaysByteForByte() {
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

  private ShadowedFiles shadowed() {
    return home.profiles.withoutDefaultKeys(home.environment()).orElseThrow();
  }
}
