package dev.jvault.prompt;

import dev.jvault.secret.Secret;
import java.util.Optional;

/** Whoever waits for a verb, if it is somebody who can answer. */
public interface Person {
  /** Nobody: an SDK's request, or a client without a terminal. */
  Person NOBODY =
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
   * @return the answer; empty when nobody is there, the person gave up, or nothing came in time
   */
  Optional<Secret> ask(Question question);

  /** Shows a line, which wants no answer, to whoever waits, on a terminal or not. */
  default void tell(String line) {}

  /** Whether there is any use in asking. */
  default boolean present() {
    return true;
  }

  /** Whether there is any use in asking a question of this kind. */
  default boolean canAnswer(Question.Kind kind) {
    return present();
  }

  /** Whether the answer was given with the command, so that nobody need be asked. */
  default boolean holdsAnswer(Question.Kind kind) {
    return false;
  }

  /** Whether they still wait for what comes of it, on a terminal or not. */
  default boolean waits() {
    return true;
  }
}
