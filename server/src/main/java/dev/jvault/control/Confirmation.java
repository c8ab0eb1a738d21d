package dev.jvault.control;

import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;

/** A yes-or-no question for the person. */
final class Confirmation {
  private Confirmation() {}

  /** Whether the person says yes; anything else, and nobody, is a no. */
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
