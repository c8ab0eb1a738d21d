package dev.jvault.interaction;

import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import java.util.Map;

/**
 * The caller on whose behalf the user is asked.
 *
 * @param person the user who waits for the answer; {@link Person#ABSENT} for an SDK request
 * @param helper the environment of helper programs
 */
public record Requester(Person person, Map<String, String> helper) {
  /** An SDK request, behind which no user waits. */
  static Requester ofSdk(Map<String, String> helper) {
    return new Requester(Person.ABSENT, helper);
  }

  /** Whether the user sees a terminal, whatever other answers the caller holds. */
  boolean atTerminal() {
    return person.canAnswer(Question.Kind.CONFIRM);
  }

  /** Whether the user sees a terminal, or the caller holds the answer to the need already. */
  boolean answers(PersonNeed need) {
    return atTerminal()
        || switch (need) {
          case PersonNeed.MfaCode _ -> person.holdsAnswer(Question.Kind.MFA);
          case PersonNeed.Passphrase _ -> holdsPassphrase(need);
          case PersonNeed.SsoLogin _, PersonNeed.Unlocking _ -> false;
        };
  }

  /** Whether the need is the vault's passphrase and the caller has it. */
  boolean holdsPassphrase(PersonNeed need) {
    return need instanceof PersonNeed.Passphrase && person.holdsAnswer(Question.Kind.PASSPHRASE);
  }

  /** Whether a user waits, with a terminal or without. */
  boolean waiting() {
    return !person.equals(Person.ABSENT);
  }
}
