package dev.jvault.profile;

import dev.jvault.protocol.CallerVariables;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the settings of one hop from profiles and from the caller's variables, and records those
 * that it found, so that an explanation shows exactly what the hop was built from.
 */
final class SettingLookup {
  private final ProfileSet profiles;
  private final CallerEnvironment environment;
  private final Set<Setting> found = new LinkedHashSet<>();

  SettingLookup(ProfileSet profiles, CallerEnvironment environment) {
    this.profiles = profiles;
    this.environment = environment;
  }

  /** A profile's own value, or one that it includes. */
  Optional<Setting> own(Profile profile, String key) {
    return remembered(profile.setting(key));
  }

  /** A profile's value or, as in aws-vault, that of {@code [default]}. */
  Optional<Setting> inherited(Profile profile, String key) {
    return remembered(profiles.inherited(profile, key));
  }

  /** A value from the caller's environment. */
  Optional<Setting> variable(String name) {
    return remembered(environment.get(name).map(value -> Setting.variable(name, value)));
  }

  /** The value of the caller's duration option. */
  Optional<Setting> durationOption() {
    return remembered(
        environment
            .get(CallerVariables.DURATION_OPTION)
            .map(value -> new Setting(CallerVariables.DURATION_OPTION, value, "an option")));
  }

  /** The variable's value, else the profile's. */
  Optional<Setting> variableOr(String variable, Profile profile, String key) {
    return variable(variable).or(() -> own(profile, key));
  }

  /** A {@code [services NAME]} section. */
  Optional<Section> services(String name) {
    return profiles.services(name);
  }

  /** An {@code [sso-session NAME]} section. */
  Optional<Section> ssoSession(String name) {
    return Optional.ofNullable(profiles.ssoSessions().get(name));
  }

  /** The names of all {@code [sso-session NAME]} sections. */
  Set<String> ssoSessions() {
    return profiles.ssoSessions().keySet();
  }

  /** Records a value that was read elsewhere for this hop. */
  Optional<Setting> remembered(Optional<Setting> setting) {
    setting.ifPresent(found::add);
    return setting;
  }

  CallerEnvironment environment() {
    return environment;
  }

  /** All settings that were found, in the order in which they were read. */
  List<Setting> found() {
    return List.copyOf(found);
  }
}
