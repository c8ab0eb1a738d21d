package dev.jvault.control;

import dev.jvault.prompt.Question;

/** A yes-or-no question for the person. */
final class Confirmation {
  private Confirmation() {}

  /** Whether the person says yes; anything else, and nobody, is a no. */
  static boolean given(Call call, String question) {
    return call.person()
        .ask(new Question(Question.Kind.CONFIRM, question + " [y/N] "))
        .filter(answer -> answer.reveal().strip().matches("(?i)y(es)?"))
        .isPresent();
  }
}
