package dev.jvault.profile;

import dev.jvault.protocol.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows what profiles include: {@code include_profile} of aws-vault, whose older spelling is
 * {@code parent_profile}. A profile takes the values that it lacks from the profile that it
 * includes, and so on. Keys in plain text are never included.
 */
final class Includes {
  private static final List<String> KEYS = List.of("include_profile", "parent_profile");

  /** More profiles than any real file includes one through the other. */
  static final int MOST = 16;

  private final ProfileSet profiles;

  Includes(ProfileSet profiles) {
    this.profiles = profiles;
  }

  /** The profile with all that it includes; an include that leads nowhere breaks the profile. */
  Profile profile(String name, List<Section> own) {
    var included = new ArrayList<Section>();
    Set<String> seen = new LinkedHashSet<>(List.of(name));
    Optional<Setting> next = include(own);
    while (next.isPresent()) {
      Setting include = next.get();
      List<Section> sections = profiles.sections(include.text());
      if (seen.size() > MOST) {
        return new Profile(name, own, included, Optional.of(tooMany(include)));
      }
      if (!seen.add(include.text()) || sections.isEmpty()) {
        return new Profile(name, own, included, Optional.of(fault(include, seen, sections)));
      }
      included.addAll(sections);
      next = include(sections);
    }
    return new Profile(name, own, included, Optional.empty());
  }

  private static Optional<Setting> include(List<Section> sections) {
    return KEYS.stream()
        .flatMap(key -> sections.stream().flatMap(section -> section.setting(key).stream()))
        .findFirst();
  }

  private static String tooMany(Setting include) {
    return "%s (%s) includes one profile more than %d, the most that jvault follows; shorten the chain."
        .formatted(include.key(), include.where(), MOST);
  }

  private String fault(Setting include, Set<String> seen, List<Section> sections) {
    if (sections.isEmpty()) {
      return "%s (%s) includes a profile that does not exist: there is %s"
          .formatted(include.key(), include.where(), profiles.explainMissing(include.text()));
    }
    List<String> round =
        Stream.concat(seen.stream(), Stream.of(include.text())).map(PrintableText::quoted).toList();
    return "%s (%s) closes a loop: %s; take one of them out."
        .formatted(include.key(), include.where(), String.join(" → ", round));
  }
}
