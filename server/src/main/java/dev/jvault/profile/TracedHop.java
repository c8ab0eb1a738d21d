package dev.jvault.profile;

import java.util.List;

/**
 * One hop of a chain, with the settings that it was built from.
 *
 * @param profile the profile that the hop belongs to
 * @param origins the settings, in the order in which they were read
 */
public record TracedHop(Hop hop, String profile, List<Setting> origins) {
  /** Copies the origins. */
  public TracedHop {
    origins = List.copyOf(origins);
  }
}
