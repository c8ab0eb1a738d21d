package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.Map;

/** One way to an answer: somebody who is asked in one place, or a device that answers by itself. */
public interface Driver {
  /** Where the answer comes from. */
  enum Kind {
    /** The terminal of whoever waits. */
    TERMINAL,
    /** A window on the person's desktop. */
    DIALOG,
    /** A device or a store, which gives codes of one kind without being told which. */
    DEVICE
  }

  /** Its name in {@code AWS_VAULT_PROMPT}. */
  String name();

  /** Where its answers come from. */
  Kind kind();

  /** Whether it can answer such a question. */
  default boolean answers(Question.Kind question) {
    return kind() != Kind.DEVICE || question == Question.Kind.MFA;
  }

  /**
   * Asks and waits, for two minutes at most where it is a program.
   *
   * @param person who waits for what comes of it; once nobody does, a dialog is closed
   * @param helper the caller's helper variables
   * @throws HelperFailedException if there is no answer: nobody gave one, or the program failed
   */
  Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException;
}
