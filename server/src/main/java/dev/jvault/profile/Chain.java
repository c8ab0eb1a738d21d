package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a profile means: its hops, the bottom first, and the region for the command.
 *
 * @param profile the name that was asked for
 * @param hops at least one; the first is the bottom
 * @param region the profile's own or inherited region; empty leaves the caller's as it is
 */
public record Chain(String profile, List<Hop> hops, Optional<String> region) {
  /** Copies the hops. */
  public Chain {
    hops = List.copyOf(hops);
  }
}
