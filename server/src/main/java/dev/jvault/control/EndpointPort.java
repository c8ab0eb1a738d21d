package dev.jvault.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The endpoint's TCP port. A daemon whose wanted port is taken by another program answers on a
 * substitute, which it keeps, and takes the wanted one back when it is free; all that may happen
 * while it runs.
 *
 * @param ports the ports at the moment
 * @param holder finds the program that listens on a port, such as {@code node (pid 4711)}
 */
public record EndpointPort(Supplier<Ports> ports, IntFunction<Optional<String>> holder) {
  /**
   * The ports at one moment.
   *
   * @param used the port that jvault names to programs
   * @param wanted the port that it should be
   * @param beside the substitute, if the wanted port is used and the substitute answers too
   * @param lasting whether the next daemon has the same port
   * @param troubles what was wrong with the files of the ports, one sentence each
   */
  public record Ports(
      int used, int wanted, OptionalInt beside, boolean lasting, List<String> troubles) {
    /** Copies the sentences. */
    public Ports {
      troubles = List.copyOf(troubles);
    }

    boolean substituted() {
      return used != wanted;
    }
  }

  /** The ports now. */
  Ports now() {
    return ports.get();
  }

  /** The port that jvault names to programs. */
  public int number() {
    return now().used();
  }

  /** Whether the next daemon has the same port. */
  boolean lasting() {
    return now().lasting();
  }

  /** The program that has the wanted port, if jvault has not and the program is known. */
  Optional<String> thief() {
    Ports now = now();
    return now.substituted() ? holder.apply(now.wanted()) : Optional.empty();
  }

  /** Sentences for the user; none if the port is the wanted one and its file is whole. */
  List<String> news() {
    Ports now = now();
    List<String> sentences = new ArrayList<>(now.troubles());
    if (now.substituted()) {
      sentences.add(
          holder
                  .apply(now.wanted())
                  .map(other -> "Port %d is taken by %s".formatted(now.wanted(), other))
                  .orElseGet(() -> "Port %d was taken".formatted(now.wanted()))
              + ", so jvault answers on port %d".formatted(now.used())
              + (now.lasting()
                  ? " and remembers it; once port %d is free, jvault answers on both."
                      .formatted(now.wanted())
                  : ", and on another one after its next start, because its folder cannot be"
                      + " written."));
    }
    return sentences;
  }

  /** The same for {@code status}, with the substitute that answers beside the wanted port. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>(news());
    now()
        .beside()
        .ifPresent(port ->
            sentences.add(
                "Port %d answers too, for programs that were told it while port %d was taken; it closes after 30 days without one."
                    .formatted(port, now().wanted())));
    return sentences;
  }
}
