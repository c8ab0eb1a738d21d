package dev.jvault.prompt;

import dev.jvault.secret.Secret;
import java.util.Optional;

/** The user who waits for a verb, as far as they can be asked. */
public interface Person {
  /** No user: behind an SDK request, or a client without a terminal. */
  Person ABSENT =
      new Person() {
        @Override
        public Optional<Secret> ask(Question question) {
          return Optional.empty();
        }

        @Override
        public boolean present() {
          return false;
        }
      };

  /**
   * Asks, and waits for the answer.
   *
   * @return the answer; empty if the user is absent, gave up, or did not answer in time
   */
  Optional<Secret> ask(Question question);

  /** Shows the user a line that needs no answer, with a terminal or without. */
  default void tell(String line) {}

  /** Whether the user can be asked at all. */
  default boolean present() {
    return true;
  }

  /** Whether the user can be asked a question of this kind. */
  default boolean canAnswer(Question.Kind kind) {
    return present();
  }

  /** Whether the answer came with the command, so that no question is shown. */
  default boolean holdsAnswer(Question.Kind kind) {
    return false;
  }

  /** Whether the user still waits for the result, at a terminal or without. */
  default boolean waits() {
    return true;
  }
}
