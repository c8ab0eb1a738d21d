package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/**
 * What the files say about one profile, without resolving it.
 *
 * @param name the profile
 * @param position of its header; empty for the bare name of a key
 * @param settings its settings that jvault knows, in the order of the files; the text of a secret
 *     is a fixed one
 * @param region its region, or that of {@code [default]}
 * @param doubts sentences about unknown keys that are similar to a known one
 */
public record ProfileReading(
    String name,
    Optional<Position> position,
    List<Setting> settings,
    Optional<Setting> region,
    List<String> doubts) {
  /** Copies the lists. */
  public ProfileReading {
    settings = List.copyOf(settings);
    doubts = List.copyOf(doubts);
  }
}
