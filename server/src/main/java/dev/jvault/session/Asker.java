package dev.jvault.session;

import dev.jvault.credential.Outcome;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;

/** Who asks for a session, which decides which failures are repeated from memory. */
enum Asker {
  /** An SDK, or a refresh ahead of time. It comes again by itself, however often it fails. */
  POLL,
  /** A jvault command that no terminal shows. */
  COMMAND,
  /** A user at a terminal, who may have corrected what was wrong a moment ago. */
  PERSON;

  static Asker of(Person person) {
    if (person.equals(Person.ABSENT)) {
      return POLL;
    }
    return person.canAnswer(Question.Kind.CONFIRM) ? PERSON : COMMAND;
  }

  /** Whether this failure may be repeated from memory. */
  boolean takes(Outcome failure) {
    return switch (this) {
      case POLL -> true;
      case COMMAND -> !(failure instanceof Outcome.Denied denied) || denied.unknownKey().isEmpty();
      case PERSON -> false;
    };
  }
}
