package dev.jvault.profile;

import dev.jvault.protocol.NearestNames;
import dev.jvault.protocol.PrintableText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** All profiles of one caller, from one state of both files. Safe for many threads. */
final class ProfileSet {
  private static final String DEFAULT = "default";

  /** Each compares a name with all others; a list of many broken profiles needs none of them. */
  private static final int MOST_SUGGESTIONS = 16;

  private final ConfigFile config;
  private final ConfigFile credentials;

  /** Profiles are put together once, because those that others build on are looked up often. */
  private final Map<String, Optional<Profile>> found = new ConcurrentHashMap<>();

  private final AtomicInteger suggestions = new AtomicInteger();

  ProfileSet(ConfigFile config, ConfigFile credentials) {
    this.config = config;
    this.credentials = credentials;
  }

  /** Whether both sets come from the same readings of the same files. */
  @SuppressWarnings("ReferenceEquality") // Identity is intended: readings are shared.
  boolean sameFiles(ProfileSet other) {
    return config == other.config && credentials == other.credentials;
  }

  /** The names, in the order of the config file, then of the credentials file. */
  Set<String> names() {
    var names = new LinkedHashSet<>(config.profiles().keySet());
    names.addAll(credentials.profiles().keySet());
    return names;
  }

  /** The profile of exactly this name, with what it includes. */
  Optional<Profile> find(String name) {
    return found.computeIfAbsent(name, this::assembled);
  }

  private Optional<Profile> assembled(String name) {
    List<Section> own = sections(name);
    return own.isEmpty() ? Optional.empty() : Optional.of(new Includes(this).profile(name, own));
  }

  /** The sections of this name, the winning one first. */
  List<Section> sections(String name) {
    return Stream.of(credentials, config)
        .flatMap(file -> Stream.ofNullable(file.profiles().get(name)))
        .toList();
  }

  /** A profile's own value or, as in aws-vault, that of {@code [default]}. */
  Optional<Setting> inherited(Profile profile, String key) {
    return profile.setting(key).or(() -> find(DEFAULT).flatMap(other -> other.setting(key)));
  }

  /** The {@code [sso-session NAME]} sections, in the order of the file. */
  Map<String, Section> ssoSessions() {
    return config.ssoSessions();
  }

  /** A {@code [services NAME]} section. */
  Optional<Section> services(String name) {
    return config.services(name);
  }

  /** The clause that a profile does not exist, with similar names and what to do. */
  String explainMissing(String name) {
    List<String> near =
        suggestions.incrementAndGet() > MOST_SUGGESTIONS
            ? List.of()
            : NearestNames.to(name, names()).stream().map(PrintableText::quoted).toList();
    return "no profile \"%s\" in %s or %s, and no key of that name in the vault%s; %s"
        .formatted(
            PrintableText.quoted(name),
            config.path(),
            credentials.path(),
            misread(name),
            near.isEmpty()
                ? "`jvault list` shows what there is."
                : "did you mean %s?".formatted(String.join(", ", near)));
  }

  /** A clause about a line that may be a misspelt header of the profile. */
  private String misread(String name) {
    return config
        .otherSection(name)
        .map("; the header at %s lacks the word profile"::formatted)
        .or(() ->
            Stream.of(config, credentials)
                .flatMap(file -> file.strays().stream())
                .findFirst()
                .map("; %s belongs to no section that can be read"::formatted))
        .orElse("");
  }
}
