package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigReader;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A line that names the profiles whose keys are in plain text, and says what to do. */
final class PlaintextKeyNotice {
  private PlaintextKeyNotice() {}

  /** Where such keys are; none if the files cannot be read, which other lines report. */
  static List<ConfigReader.KeyLocation> places(ConfigReader reader, CallerEnvironment environment) {
    try {
      return reader.plaintextKeys(environment);
    } catch (JvaultException _) {
      return List.of();
    }
  }

  /** The line; empty if there are no such keys. */
  static Optional<String> line(List<ConfigReader.KeyLocation> places) {
    if (places.isEmpty()) {
      return Optional.empty();
    }
    ConfigReader.KeyLocation first = places.getFirst();
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
