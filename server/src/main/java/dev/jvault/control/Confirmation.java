package dev.jvault.control;

import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;

/** Asks the user a yes-or-no question. */
final class Confirmation {
  private Confirmation() {}

  /** Whether the user says yes. Any other answer, or no answer, is a no. */
  static boolean given(Call call, String question) {
    return call.person()
        .ask(new Question(Question.Kind.CONFIRM, question + " [y/N] "))
        .filter(Confirmation::yes)
        .isPresent();
  }

  /** Whether an answer is a yes. */
  static boolean yes(Secret answer) {
    return answer.reveal().strip().matches("(?i)y(es)?");
  }
}
