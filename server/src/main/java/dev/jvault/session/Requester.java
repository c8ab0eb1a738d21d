package dev.jvault.session;

import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import java.util.Map;

/**
 * Who is there to be asked, and with which variables helpers run.
 *
 * @param person who waits for what comes of it; {@link Person#NOBODY} for an SDK's request
 * @param helper the caller's helper variables
 */
record Requester(Person person, Map<String, String> helper) {
  /** Whether they see a terminal, whatever else they have an answer to. */
  boolean atTerminal() {
    return person.canAnswer(Question.Kind.CONFIRM);
  }

  /** Whether they see a terminal, or hold the answer to what is needed already. */
  boolean answers(PersonNeed need) {
    return atTerminal()
        || switch (need) {
          case PersonNeed.MfaCode _ -> person.holdsAnswer(Question.Kind.MFA);
          case PersonNeed.Passphrase _ -> person.holdsAnswer(Question.Kind.PASSPHRASE);
          case PersonNeed.SsoLogin _, PersonNeed.Unlocking _ -> false;
        };
  }

  /** Whether anybody waits, with a terminal or without. */
  boolean waiting() {
    return !person.equals(Person.NOBODY);
  }
}
