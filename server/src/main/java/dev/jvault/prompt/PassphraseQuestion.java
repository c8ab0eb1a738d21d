package dev.jvault.prompt;

import dev.jvault.secret.Secret;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Asks for the vault's passphrase, three times at most. The only loop that does. */
public final class PassphraseQuestion {
  private static final int TRIES = 3;
  private static final String TEXT = "Passphrase of the jvault vault";

  /** How the question ended. */
  public enum Result {
    /** The passphrase is right. */
    RIGHT,
    /** Every answer was wrong. */
    WRONG,
    /** The user was not reached or gave up. */
    UNANSWERED
  }

  private PassphraseQuestion() {}

  /**
   * Asks until an answer is right.
   *
   * @param purpose what the vault is opened for, to be shown behind the question's words
   * @param user asks the user once; empty if there is no answer
   * @param right whether a passphrase is the right one
   */
  public static Result ask(
      String purpose, Function<Question, Optional<Secret>> user, Predicate<Secret> right) {
    for (int tried = 0; tried < TRIES; tried++) {
      String before = tried > 0 ? "That passphrase is wrong. " : "";
      Optional<Secret> answer =
          user.apply(new Question(Question.Kind.PASSPHRASE, before + TEXT + purpose + ": "));
      if (answer.isEmpty()) {
        return Result.UNANSWERED;
      }
      if (right.test(answer.get())) {
        return Result.RIGHT;
      }
    }
    return Result.WRONG;
  }
}
