package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.ProfilePlace;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in one line which profiles have their keys in plain text, and what helps. */
final class PlaintextKeyNotice {
  private PlaintextKeyNotice() {}

  /** The places; none where the files cannot be read, which others say. */
  static List<ProfilePlace> places(ConfigReader reader, CallerEnvironment environment) {
    try {
      return reader.plaintextKeys(environment);
    } catch (JvaultException _) {
      return List.of();
    }
  }

  /** The line; nothing where there are no such keys. */
  static Optional<String> line(List<ProfilePlace> places) {
    if (places.isEmpty()) {
      return Optional.empty();
    }
    ProfilePlace first = places.getFirst();
    if (places.size() == 1) {
      return Optional.of(
          "%s has its key in plain text at %s; `jvault import %s` moves it into the vault."
              .formatted(first.profile(), first.where(), first.profile()));
    }
    return Optional.of(
        "%s have their keys in plain text; `jvault import --all` moves them into the vault."
            .formatted(
                places.stream()
                    .map(place -> place.profile() + " (" + place.where() + ")")
                    .collect(Collectors.joining(", "))));
  }
}
