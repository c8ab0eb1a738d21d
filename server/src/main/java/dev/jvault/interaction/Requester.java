package dev.jvault.interaction;

import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The caller on whose behalf the user is asked.
 *
 * @param person the user who waits for the answer; {@link Person#ABSENT} for an SDK request
 * @param helper the environment of helper programs
 * @param command finds the command or program that needs the user
 */
public record Requester(
    Person person, Map<String, String> helper, Supplier<Optional<AskingCommand>> command) {
  /** The caller of a verb. */
  public Requester(Person person, Map<String, String> helper) {
    this(person, helper, person::command);
  }

  /** An SDK request, behind which no user waits. */
  static Requester ofSdk(Map<String, String> helper, Supplier<Optional<AskingCommand>> program) {
    return new Requester(Person.ABSENT, helper, program);
  }

  /** The command or program that needs the user; empty if it is unknown. May wait a moment. */
  Optional<AskingCommand> asking() {
    return command.get();
  }

  /** Whether the user sees a terminal, whatever other answers the caller holds. */
  boolean atTerminal() {
    return person.canAnswer(Question.Kind.CONFIRM);
  }

  /** Whether the user sees a terminal, or the caller holds the answer to the need already. */
  boolean answers(PersonNeed need) {
    return atTerminal() || holdsAnswer(need);
  }

  /**
   * Whether the caller's answer comes before the one that another caller is asked for: the caller
   * brings it, or was started to give it and can.
   */
  boolean takesOver(PersonNeed need) {
    return switch (need) {
      case PersonNeed.MfaCode _, PersonNeed.Passphrase _ -> holdsAnswer(need) || insists();
      case PersonNeed.SsoLogin _, PersonNeed.Keyring _, PersonNeed.Unlocking _ -> false;
    };
  }

  private boolean insists() {
    return person.takesOver() && atTerminal();
  }

  /** Whether the caller brings the answer, so that the user need not be asked. */
  boolean holdsAnswer(PersonNeed need) {
    return switch (need) {
      case PersonNeed.MfaCode _ -> person.holdsAnswer(Question.Kind.MFA);
      case PersonNeed.Passphrase _ -> person.holdsAnswer(Question.Kind.PASSPHRASE);
      case PersonNeed.SsoLogin _, PersonNeed.Keyring _, PersonNeed.Unlocking _ -> false;
    };
  }

  /** The command or program that needs the user, and its place. */
  String askedBy() {
    return asking().map(AskingCommand::toString).orElse("another command");
  }

  /** Whether a user waits, with a terminal or without. */
  boolean waiting() {
    return !person.equals(Person.ABSENT);
  }
}
