package dev.jvault.profile;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All profiles that one caller has, from both files at one time. */
final class ProfileSet {
  private static final String DEFAULT = "default";

  private final ConfigFile config;
  private final ConfigFile credentials;

  ProfileSet(ConfigFile config, ConfigFile credentials) {
    this.config = config;
    this.credentials = credentials;
  }

  /** The names, in the order of the config file, then of the credentials file. */
  Set<String> names() {
    var names = new LinkedHashSet<>(config.profiles().keySet());
    names.addAll(credentials.profiles().keySet());
    return names;
  }

  /** The profile of exactly this name. */
  Optional<Profile> find(String name) {
    var sections =
        Stream.of(credentials, config)
            .flatMap(file -> Stream.ofNullable(file.profiles().get(name)))
            .toList();
    return sections.isEmpty() ? Optional.empty() : Optional.of(new Profile(name, sections));
  }

  /** A profile's own value or, as in aws-vault, that of {@code [default]}. */
  Optional<Setting> inherited(Profile profile, String key) {
    return profile.setting(key).or(() -> find(DEFAULT).flatMap(other -> other.setting(key)));
  }

  /** A {@code [services NAME]} section. */
  Optional<Section> services(String name) {
    return config.services(name);
  }

  /** Why there is no such profile, what may be meant, and what to do. */
  String explainMissing(String name) {
    String shown = Printable.of(name);
    var sentence = new StringBuilder();
    sentence.append(
        "There is no profile \"%s\" in %s or %s, and no key of that name in the vault"
            .formatted(shown, config.path(), credentials.path()));
    var near = NearestNames.to(name, names()).stream().map(Printable::of).toList();
    var other = config.otherSection(name);
    var stray = Stream.of(config, credentials).flatMap(file -> file.strays().stream()).findFirst();
    if (other.isPresent()) {
      sentence.append("; the header at %s lacks the word profile".formatted(other.get()));
    } else if (stray.isPresent()) {
      sentence.append("; %s belongs to no section that can be read".formatted(stray.get()));
    }
    if (near.isEmpty()) {
      sentence.append("; `jvault list` shows what there is");
    } else {
      sentence.append("; did you mean %s?".formatted(String.join(", ", near)));
      return sentence.toString();
    }
    return sentence.append('.').toString();
  }
}
