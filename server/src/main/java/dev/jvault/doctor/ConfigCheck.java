package dev.jvault.doctor;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ListedProfile;
import dev.jvault.profile.ProfileSummary;
import dev.jvault.profile.Profiles;
import dev.jvault.protocol.PrintableText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is wrong in the config files, each with file and line. */
final class ConfigCheck implements Check {
  private final ConfigReader reader;
  private final Profiles profiles;

  ConfigCheck(ConfigReader reader, Profiles profiles) {
    this.reader = reader;
    // A profile that only lacks its key is not broken.
    this.profiles = profiles.assuming(_ -> true);
  }

  @Override
  public String id() {
    return "config";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    CallerEnvironment environment = caller.environment();
    List<Finding> faults =
        Stream.concat(
                reader.faults(environment).stream()
                    .map(fault -> Finding.problem(fault.sentence(), "", "")),
                profiles.list(environment).stream()
                    .map(ListedProfile::summary)
                    .flatMap(profile -> broken(profile).stream()))
            .distinct()
            .toList();
    return faults.isEmpty() ? List.of(Finding.ok("The config files can be read.")) : faults;
  }

  private static Optional<Finding> broken(ProfileSummary profile) {
    return profile
        .problem()
        .map(sentence ->
            Finding.problem(
                sentence,
                "The profile cannot be used.",
                "jvault explain " + PrintableText.quoted(profile.name())));
  }
}
