package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.CallerVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are taken for slips, and that the page for users has them all. */
final class KnownKeysTest {
  @ParameterizedTest
  @CsvSource({
    "role_anr, role_arn",
    "rolearn, role_arn",
    "role-arn, role_arn",
    "sorce_profile, source_profile",
    "mfa_serail, mfa_serial",
    "external-id, external_id",
    "sso_acount_id, sso_account_id",
    "regoin, region",
    "credentials_process, credential_process"
  })
  void aMisspeltKeyIsAnsweredWithTheRightOne(String key, String meant) {
    assertThat(KnownKeys.doubt(new Setting(key, "x", "f:1")))
        .contains(key + " (f:1) is an unknown key; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"region", "output", "cli_pager", "s3", "s3.max", "colour", "note", "x", "owner"})
  void keysOfOtherProgramsAndOfTheUserAreLeftAlone(String key) {
    assertThat(KnownKeys.doubt(new Setting(key, "x", "f:1"))).isEmpty();
  }

  @Test
  void thePageForUsersHasEveryKeyAndEveryVariable() throws IOException {
    String page = Files.readString(Path.of("../docs/profiles.md"));
    assertThat(KnownKeys.all()).allMatch(key -> page.contains("`" + key + "`"));
    assertThat(CallerVariables.AWS).allMatch(name -> page.contains("`" + name + "`"));
  }
}
