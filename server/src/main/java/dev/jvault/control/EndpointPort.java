package dev.jvault.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The endpoint's TCP port, and whether it lasts. A daemon whose port is taken by another program
 * answers on any free one until it stops, and says so.
 *
 * @param number the port that the daemon answers on
 * @param remembered the port that every daemon of this user prefers
 * @param fileTrouble what was wrong with the file of the remembered port, as a sentence
 * @param holder finds the program that listens on a port, such as {@code node (pid 4711)}
 */
public record EndpointPort(
    int number,
    int remembered,
    Optional<String> fileTrouble,
    IntFunction<Optional<String>> holder) {
  /** Whether the next daemon takes the same port, if it is free. */
  boolean lasting() {
    return number == remembered;
  }

  /** Sentences for the user; none if the port is the remembered one. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>(fileTrouble.stream().toList());
    if (!lasting()) {
      sentences.add(
          holder
                  .apply(remembered)
                  .map(other -> "Port %d is taken by %s".formatted(remembered, other))
                  .orElseGet(() -> "Port %d was taken".formatted(remembered))
              + ", so jvault answers on port %d, and on another one after its next start;"
                  .formatted(number)
              + " once port %d is free, run `jvault stop`, and the next command takes it."
                  .formatted(remembered));
    }
    return sentences;
  }
}
