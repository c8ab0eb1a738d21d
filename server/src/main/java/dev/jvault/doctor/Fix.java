package dev.jvault.doctor;

import java.io.IOException;
import java.util.Optional;

/**
 * Something that {@code --fix} does.
 *
 * @param question what the user is asked first; empty if it is safe without a question
 * @param done what was done, as a sentence
 */
public record Fix(Optional<String> question, String done, Action action) {
  /** The work. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it.
     *
     * @throws IOException if the system refuses
     */
    void run() throws IOException;
  }

  /** A fix that needs no question. */
  static Fix safe(String done, Action action) {
    return new Fix(Optional.empty(), done, action);
  }

  /** A fix that the user must want. */
  static Fix asked(String question, String done, Action action) {
    return new Fix(Optional.of(question), done, action);
  }
}
