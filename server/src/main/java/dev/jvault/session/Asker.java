package dev.jvault.session;

import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import java.util.Map;

/**
 * Who is there to be asked, and with which variables helpers run.
 *
 * @param person who waits for what comes of it; {@link Person#NOBODY} for an SDK's request
 * @param helper the caller's helper variables
 */
record Asker(Person person, Map<String, String> helper) {
  /** Whether they see a terminal, whatever else they have an answer to. */
  boolean atTerminal() {
    return person.canAnswer(Question.Kind.CONFIRM);
  }

  /** Whether anybody waits, with a terminal or without. */
  boolean waiting() {
    return !person.equals(Person.NOBODY);
  }
}
