package dev.jvault.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads profiles one by one along {@code source_profile}, even if they do not resolve. */
final class ProfileReadings {
  private final ProfileSet profiles;

  ProfileReadings(ProfileSet profiles) {
    this.profiles = profiles;
  }

  /** The profile and those that its credentials come from; empty if there is no such profile. */
  List<ProfileReading> from(String name) {
    var seen = new LinkedHashSet<String>();
    var readings = new ArrayList<ProfileReading>();
    Optional<Profile> next = profiles.find(name);
    while (next.isPresent()
        && readings.size() < ChainResolver.LONGEST
        && seen.add(next.get().name())) {
      Profile profile = next.get();
      readings.add(reading(profile));
      next = SourceKeys.source(profile).flatMap(source -> profiles.find(source.text()));
    }
    return readings;
  }

  private ProfileReading reading(Profile profile) {
    return new ProfileReading(
        profile.name(),
        profile.position(),
        profile.settings().stream().filter(setting -> KnownKeys.read(setting.key())).toList(),
        profiles.inherited(profile, "region"),
        profile.settings().stream().flatMap(setting -> KnownKeys.doubt(setting).stream()).toList());
  }
}
