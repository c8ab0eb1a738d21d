package dev.jvault.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a profile means: its hops, the bottom first, and the region for the command.
 *
 * @param profile the name that was asked for
 * @param steps at least one; the first is of a {@link Hop.Bottom}
 * @param region the profile's own or inherited region; empty if the caller keeps its own
 * @param tokenInVariable whether the profile's programs get their token as a variable
 * @param notes what may surprise a user, each a sentence, such as which of two sources wins
 */
public record Chain(
    String profile,
    List<TracedHop> steps,
    Optional<String> region,
    boolean tokenInVariable,
    List<String> notes) {
  /** Copies the lists. */
  public Chain {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /** A chain of bare hops. */
  public Chain(String profile, List<? extends Hop> hops, Optional<String> region) {
    this(
        profile,
        hops.stream().map(hop -> new TracedHop(hop, profile, List.of())).toList(),
        region,
        false,
        List.of());
  }

  /** The hops without what they were built from. */
  public List<Hop> hops() {
    return steps.stream().map(TracedHop::hop).toList();
  }

  /** What the chain starts at. */
  public Hop.Bottom bottom() {
    return (Hop.Bottom) steps.getFirst().hop();
  }
}
