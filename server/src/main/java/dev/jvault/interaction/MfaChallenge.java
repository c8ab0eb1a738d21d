package dev.jvault.interaction;

import dev.jvault.command.HelperFailedException;
import dev.jvault.credential.MfaCodeText;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Driver;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gets codes of an MFA device from the user, or from a program that reads the device, until AWS
 * accepts one: three refused codes at most, and no code that AWS has received before. {@link
 * MfaCodes} describes the life of a code.
 */
final class MfaChallenge {
  private static final int TRIES = 3;

  /** A chain may need more than one code, but never many. */
  private static final int MOST_QUESTIONS = 10;

  private final MfaCodes codes;
  private final PromptDispatcher prompts;

  MfaChallenge(MfaCodes codes, PromptDispatcher prompts) {
    this.codes = codes;
    this.prompts = prompts;
  }

  /** Asks for codes and repeats the attempt until it needs no more code of this device. */
  Outcome attempt(String serial, NeedLock lock, Requester requester, Supplier<Outcome> attempt) {
    Outcome outcome = attempt.get();
    if (wants(outcome, serial) && !prompts.mayBegin(Question.Kind.MFA, lock, requester)) {
      return outcome;
    }
    String before = "";
    Optional<String> unfit = Optional.empty();
    int refused = 0;
    for (int asked = 0; wants(outcome, serial) && asked < MOST_QUESTIONS; asked++) {
      Optional<Driver> driver = prompts.driver(Question.Kind.MFA, requester);
      if (driver.isEmpty()) {
        return unfit.<Outcome>map(MfaChallenge::refusedHere).orElse(outcome);
      }
      boolean wrong;
      try {
        Secret code = code(driver.get(), serial, before, lock, requester);
        unfit = unfit(serial, code);
        if (unfit.isPresent()) {
          before = unfit.get() + " ";
          continue;
        }
        outcome = attemptWith(serial, code, attempt);
        // Another caller's request may have sent the code and received the refusal.
        wrong = codes.refused(serial, code);
      } catch (HelperFailedException e) {
        return unanswered(
            driver.get(),
            e,
            requester,
            unfit.<Outcome>map(MfaChallenge::refusedHere).orElse(outcome));
      }
      before = wrong ? "AWS refused that code. " : "";
      refused += wrong ? 1 : 0;
      if (refused == TRIES) {
        break;
      }
    }
    if (wants(outcome, serial)) {
      prompts.refused(lock);
    } else {
      lock.meet();
    }
    return outcome;
  }

  /**
   * A code that AWS has not received yet, for a call outside a chain; empty if there is none.
   *
   * @throws JvaultException if the only code that was given is not worth sending
   */
  Optional<Secret> code(String serial, NeedLock lock, Requester requester) {
    Optional<String> unfit = Optional.empty();
    boolean begin = prompts.mayBegin(Question.Kind.MFA, lock, requester);
    for (int asked = 0; begin && asked < MOST_QUESTIONS; asked++) {
      Optional<Driver> driver = prompts.driver(Question.Kind.MFA, requester);
      if (driver.isEmpty()) {
        break;
      }
      try {
        String before = unfit.map(why -> why + " ").orElse("");
        Secret code = code(driver.get(), serial, before, lock, requester);
        unfit = unfit(serial, code);
        if (unfit.isEmpty()) {
          codes.spend(serial, code);
          return Optional.of(code);
        }
      } catch (HelperFailedException e) {
        tell(driver.get(), e, requester);
        break;
      }
    }
    if (unfit.isPresent()) {
      throw new JvaultException(ExitCode.DENIED, unfit.get());
    }
    return Optional.empty();
  }

  /** The outcome if the only code that was given is not worth sending. */
  private static Outcome refusedHere(String why) {
    return new Outcome.Denied(Outcome.Reason.MFA_REFUSED, why);
  }

  /** Why a code is not worth sending to AWS; empty if it is. */
  private Optional<String> unfit(String serial, Secret code) {
    if (code.isEmpty()) {
      return Optional.of("Nothing was typed.");
    }
    if (!MfaCodeText.isCode(code)) {
      return Optional.of("That is no MFA code; a code has six digits.");
    }
    return codes.spent(serial, code)
        ? Optional.of("That code has already been used; wait for the next one.")
        : Optional.empty();
  }

  private Secret code(
      Driver driver, String serial, String before, NeedLock lock, Requester requester)
      throws HelperFailedException {
    var question =
        new Question(
            Question.Kind.MFA,
            before
                + "MFA code for "
                + serial
                + Purpose.ofCode(serial, requester, driver.kind())
                + ": ",
            serial);
    if (driver.kind() != Driver.Kind.DEVICE) {
      return MfaCodeText.withoutBlanks(prompts.answer(driver, question, lock, requester));
    }
    Consumer<Duration> waiting = span -> requester.person().tell(waiting(span));
    return codes.fresh(serial, () -> prompts.answer(driver, question, lock, requester), waiting);
  }

  static String waiting(Duration span) {
    return "waiting %d s for the next code".formatted(span.toSeconds());
  }

  /** Repeats the attempt while a load that began before the code was offered still lacks one. */
  private Outcome attemptWith(String serial, Secret code, Supplier<Outcome> attempt) {
    codes.offer(serial, code);
    try {
      Outcome outcome = attempt.get();
      while (codes.offered(serial) && outcome instanceof Outcome.NeedsPerson) {
        outcome = attempt.get();
      }
      return outcome;
    } finally {
      codes.discard(serial);
    }
  }

  private static Outcome unanswered(
      Driver driver, HelperFailedException trouble, Requester requester, Outcome outcome) {
    tell(driver, trouble, requester);
    return driver.kind() == Driver.Kind.DEVICE
        ? new Outcome.Unavailable(
            "%s %s.".formatted(driver.name(), trouble.clause()),
            "%s %s.".formatted(driver.name(), trouble.loggedClause()))
        : outcome;
  }

  private static void tell(Driver driver, HelperFailedException trouble, Requester requester) {
    if (driver.kind() == Driver.Kind.DIALOG) {
      requester.person().tell("%s %s".formatted(driver.name(), trouble.clause()));
    }
  }

  private static boolean wants(Outcome outcome, String serial) {
    return switch (outcome) {
      case Outcome.NeedsPerson(PersonNeed need) -> need.equals(new PersonNeed.MfaCode(serial));
      case Outcome.Denied denied -> denied.reason() == Outcome.Reason.MFA_REFUSED;
      case Outcome.Issued _, Outcome.Unavailable _ -> false;
    };
  }
}
