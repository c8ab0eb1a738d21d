package dev.jvault.prompt;

import dev.jvault.secret.Secret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

  /**
   * Asks, and waits for the answer or until another caller has met the need.
   *
   * @param withdrawn ends the question when it completes
   * @return the answer; empty if there is none, also if the question was withdrawn
   */
  default Optional<Secret> ask(Question question, CompletableFuture<?> withdrawn) {
    return ask(question);
  }

  /** Shows the user a line that needs no answer, with a terminal or without. */
  default void tell(String line) {}

  /**
   * Shows the user that another command asks for what this one waits for. Until it goes on, a
   * terminal shows nothing of what is typed.
   */
  default void tellWaiting(String line) {
    tell(line);
  }

  /** The command behind which the user waits; empty if it is unknown. */
  default Optional<AskingCommand> command() {
    return Optional.empty();
  }

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

  /** Whether the command was started to answer questions, also those that another one asks. */
  default boolean takesOver() {
    return false;
  }

  /** Whether the user still waits for the result, at a terminal or without. */
  default boolean waits() {
    return true;
  }
}
