package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Optional;

/**
 * A profile as both files together describe it: what the credentials file says wins, as in
 * botocore. One that is only the name of a key in the vault has no sections.
 */
final class Profile {
  private final String name;
  private final List<Section> sections;

  /**
   * A profile.
   *
   * @param sections the winning one first
   */
  Profile(String name, List<Section> sections) {
    this.name = name;
    this.sections = List.copyOf(sections);
  }

  /** Its name, as a person types it. */
  String name() {
    return name;
  }

  /** The value of a key, where it is not blank. */
  Optional<Setting> setting(String key) {
    return sections.stream().flatMap(section -> section.setting(key).stream()).findFirst();
  }

  /** The first of these keys that has a value. */
  Optional<Setting> firstOf(List<String> keys) {
    return keys.stream().flatMap(key -> setting(key).stream()).findFirst();
  }

  /** Where it stands: in the config file, if it does. */
  Optional<Position> position() {
    return sections.isEmpty() ? Optional.empty() : Optional.of(sections.getLast().position());
  }

  /** Refuses a profile with a line that cannot be read: what is missing may be what matters. */
  void requireReadable() {
    sections.stream()
        .flatMap(section -> section.problem().stream())
        .findFirst()
        .ifPresent(problem -> {
          throw new JvaultException(
              ExitCode.PROFILE,
              "Profile %s is broken: %s; correct that line."
                  .formatted(Printable.of(name), problem));
        });
  }
}
