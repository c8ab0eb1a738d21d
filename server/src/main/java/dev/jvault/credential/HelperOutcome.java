package dev.jvault.credential;

import dev.jvault.command.HelperFailedException;

/** What the failure of a helper means for the credentials that it should have given. */
final class HelperOutcome {
  private HelperOutcome() {}

  /**
   * The outcome: a command that is wrong itself is a fault of the profile; of any other, the next
   * try may succeed.
   *
   * @param subject the helper, as the beginning of a sentence
   */
  static Outcome of(String subject, HelperFailedException failure) {
    String sentence = subject + " " + failure.clause();
    return failure.broken()
        ? new Outcome.Denied(Outcome.Reason.PROFILE, sentence + "; run it by hand and correct it.")
        : new Outcome.Unavailable(sentence + ".");
  }
}
