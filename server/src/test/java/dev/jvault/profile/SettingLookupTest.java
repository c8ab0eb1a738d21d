package dev.jvault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.aws.SdkSectionParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lookup remembers what was there, once, in the order in which it was asked for. */
final class SettingLookupTest {
  private static final ConfigFile CONFIG =
      ConfigFile.parse(
          Path.of("/config"),
          "[default]\nregion = eu-west-1\n[profile a]\nmfa_serial = 123456789\n",
          FileKind.CONFIG,
          new SdkSectionParser());

  private final ProfileSet profiles =
      new ProfileSet(CONFIG, ConfigFile.empty(Path.of("/credentials")));
  private final Profile profile = profiles.find("a").orElseThrow();
  private final SettingLookup lookup =
      new SettingLookup(profiles, CallerEnvironment.of(Map.of("AWS_REGION", "eu-west-2")));

  @Test
  void settingsThatAreFoundAreRecordedInOrder() {
    assertThat(lookup.variable("AWS_REGION")).isPresent();
    assertThat(lookup.own(profile, "mfa_serial")).isPresent();
    assertThat(lookup.inherited(profile, "region")).isPresent();
    assertThat(lookup.variable("AWS_REGION")).isPresent();
    assertThat(found())
        .containsExactly(
            "AWS_REGION (in the environment)", "mfa_serial (/config:4)", "region (/config:2)");
  }

  @Test
  void settingsThatAreMissingAreNotRecorded() {
    assertThat(lookup.variable("AWS_DEFAULT_REGION")).isEmpty();
    assertThat(lookup.own(profile, "region")).isEmpty();
    assertThat(lookup.remembered(Optional.empty())).isEmpty();
    assertThat(found()).isEmpty();
  }

  @Test
  void theProfileIsNotReadIfTheVariableIsSet() {
    assertThat(lookup.variableOr("AWS_REGION", profile, "mfa_serial")).isPresent();
    assertThat(found()).containsExactly("AWS_REGION (in the environment)");
  }

  private List<String> found() {
    return lookup.found().stream().map(Setting::toString).toList();
  }
}
