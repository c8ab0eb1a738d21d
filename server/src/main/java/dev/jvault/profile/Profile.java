package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A profile as both files together describe it. As in botocore, the credentials file wins; included
 * profiles come last. A profile that is only the name of a key in the vault has no sections.
 */
final class Profile {
  private final String name;
  private final List<Section> own;
  private final List<Section> included;
  private final Optional<String> problem;

  /**
   * A profile.
   *
   * @param own its sections, the winning one first
   * @param included those of the profiles that it includes, the nearest first
   * @param problem the sentence of an include that leads nowhere
   */
  Profile(String name, List<Section> own, List<Section> included, Optional<String> problem) {
    this.name = name;
    this.own = List.copyOf(own);
    this.included = List.copyOf(included);
    this.problem = problem;
  }

  /** A profile that is only the name of a key in the vault. */
  static Profile ofKey(String name) {
    return new Profile(name, List.of(), List.of(), Optional.empty());
  }

  /** Its name, as a user types it. */
  String name() {
    return name;
  }

  /** The value of a key, unless it is blank. */
  Optional<Setting> setting(String key) {
    return (SourceKeys.PLAIN.contains(key) ? own.stream() : all())
        .flatMap(section -> section.setting(key).stream())
        .findFirst();
  }

  /** All settings that count, each key once, from the nearest section. */
  Collection<Setting> settings() {
    var settings = new LinkedHashMap<String, Setting>();
    own.forEach(section -> section.settings().forEach(s -> settings.putIfAbsent(s.key(), s)));
    included.stream()
        .flatMap(section -> section.settings().stream())
        .filter(setting -> !SourceKeys.PLAIN.contains(setting.key()))
        .forEach(setting -> settings.putIfAbsent(setting.key(), setting));
    return settings.values();
  }

  /** The first of these keys that has a value. */
  Optional<Setting> firstOf(List<String> keys) {
    return keys.stream().flatMap(key -> setting(key).stream()).findFirst();
  }

  /**
   * The section whose key in plain text counts; as in botocore, a section with an access key ID
   * comes before others.
   */
  Optional<Section> keySection() {
    return SourceKeys.KEY_PAIR.stream()
        .flatMap(key -> own.stream().filter(section -> section.setting(key).isPresent()))
        .findFirst();
  }

  /** Whether the section that a setting is in is the credentials file's. */
  boolean inCredentialsFile(Setting setting) {
    return own.stream()
        .filter(section -> section.kind() == FileKind.CREDENTIALS)
        .anyMatch(section -> section.setting(setting.key()).filter(setting::equals).isPresent());
  }

  /** The position of its header, that of the config file if it has one. */
  Optional<Position> position() {
    return own.isEmpty() ? Optional.empty() : Optional.of(own.getLast().position());
  }

  /** Refuses a profile with an unreadable line, because that line may be the one that matters. */
  void requireReadable() {
    all()
        .flatMap(section -> section.problem().stream())
        .findFirst()
        .ifPresent(line -> {
          throw broken(line + "; correct that line.");
        });
    problem.ifPresent(sentence -> {
      throw broken(sentence);
    });
  }

  private JvaultException broken(String reason) {
    return new JvaultException(
        ExitCode.PROFILE, "Profile %s is broken: %s".formatted(PrintableText.quoted(name), reason));
  }

  private Stream<Section> all() {
    return Stream.concat(own.stream(), included.stream());
  }
}
