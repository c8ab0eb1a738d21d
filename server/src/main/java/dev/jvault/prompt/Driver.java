package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.Map;

/** One way to get an answer: from the user at a terminal or in a window, or from a device. */
public interface Driver {
  /** Where the answer comes from. */
  enum Kind {
    /** The terminal of the caller. */
    TERMINAL,
    /** A window on the user's desktop. */
    DIALOG,
    /** A device or a store that prints MFA codes. */
    DEVICE
  }

  /** Its name in {@code AWS_VAULT_PROMPT}. */
  String name();

  /** Where its answers come from. */
  Kind kind();

  /** Whether it can answer this kind of question. */
  default boolean answers(Question.Kind question) {
    return kind() != Kind.DEVICE || question == Question.Kind.MFA;
  }

  /**
   * Asks, and waits for the answer. A program is ended after two minutes.
   *
   * @param person the user who waits; a dialog is closed once the user no longer does
   * @param helper the caller's helper variables
   * @throws HelperFailedException if there is no answer, or the program failed
   */
  Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException;
}
