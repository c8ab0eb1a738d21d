package dev.jvault.session;

import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.vault.Unlock;
import dev.jvault.vault.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Asks the person who waits, once however many wait: for each device, and for the vault, one caller
 * at a time is asked, and whoever comes after looks first whether that has been enough.
 */
final class Attendance {
  private static final int TRIES = 3;

  private final Vault vault;
  private final MfaCodes codes;
  private final Map<PersonNeed, ReentrantLock> turns = new ConcurrentHashMap<>();

  Attendance(Vault vault, MfaCodes codes) {
    this.vault = vault;
    this.codes = codes;
  }

  /** Tries, and while the outcome needs a person and this one answers, tries again. */
  Outcome attend(Supplier<Outcome> attempt, Person person, Map<String, String> helper) {
    Outcome outcome = attempt.get();
    while (outcome instanceof Outcome.NeedsPerson(PersonNeed need)
        && !(need instanceof PersonNeed.SsoLogin)
        && person.present()) {
      Outcome after = turn(need, attempt, person, helper);
      if (after.equals(outcome)) {
        return outcome;
      }
      outcome = after;
    }
    return outcome;
  }

  /** Opens the vault, asking for its passphrase where that is what it takes. */
  boolean openVault(Person person, Map<String, String> helper) {
    ReentrantLock turn =
        turns.computeIfAbsent(new PersonNeed.Passphrase(), _ -> new ReentrantLock());
    turn.lock();
    try {
      boolean open = vault.unlock(Optional.empty(), helper) == Unlock.OPEN;
      for (int tried = 0; tried < TRIES && !open && person.present(); tried++) {
        Optional<Secret> answer = person.ask(question(new PersonNeed.Passphrase(), tried > 0));
        if (answer.isEmpty()) {
          return false;
        }
        open = vault.unlock(answer, helper) == Unlock.OPEN;
      }
      return open;
    } finally {
      turn.unlock();
    }
  }

  private Outcome turn(
      PersonNeed need, Supplier<Outcome> attempt, Person person, Map<String, String> helper) {
    ReentrantLock turn = turns.computeIfAbsent(need, _ -> new ReentrantLock());
    turn.lock();
    try {
      Outcome outcome = attempt.get();
      for (int tried = 0; tried < TRIES && wants(outcome, need); tried++) {
        Optional<Secret> answer = person.ask(question(need, tried > 0));
        if (answer.isEmpty()) {
          return outcome;
        }
        outcome =
            switch (need) {
              case PersonNeed.MfaCode(String serial) -> withCode(serial, answer.get(), attempt);
              case PersonNeed.Passphrase _ -> withPassphrase(answer.get(), attempt, helper);
              case PersonNeed.SsoLogin _ -> outcome;
            };
      }
      return outcome;
    } finally {
      turn.unlock();
    }
  }

  /** A load that began before the code was there may still answer that it needs one. */
  private Outcome withCode(String serial, Secret code, Supplier<Outcome> attempt) {
    codes.give(serial, code);
    try {
      Outcome outcome = attempt.get();
      while (codes.holds(serial) && outcome instanceof Outcome.NeedsPerson) {
        outcome = attempt.get();
      }
      return outcome;
    } finally {
      codes.discard(serial);
    }
  }

  private Outcome withPassphrase(
      Secret passphrase, Supplier<Outcome> attempt, Map<String, String> helper) {
    return vault.unlock(Optional.of(passphrase), helper) == Unlock.OPEN
        ? attempt.get()
        : new Outcome.NeedsPerson(new PersonNeed.Passphrase());
  }

  private static boolean wants(Outcome outcome, PersonNeed need) {
    return switch (outcome) {
      case Outcome.NeedsPerson(PersonNeed wanted) -> wanted.equals(need);
      case Outcome.Denied denied -> denied.reason() == Outcome.Reason.MFA_REFUSED;
      case Outcome.Issued _, Outcome.Unavailable _ -> false;
    };
  }

  private static Question question(PersonNeed need, boolean again) {
    return switch (need) {
      case PersonNeed.MfaCode(String serial) ->
          new Question(
              Question.Kind.MFA,
              (again ? "AWS refused that code. " : "") + "MFA code for " + serial + ": ");
      case PersonNeed.SsoLogin _ -> throw new IllegalArgumentException("a login is no question");
      case PersonNeed.Passphrase _ ->
          new Question(
              Question.Kind.PASSPHRASE,
              (again ? "That was not it. " : "") + "Passphrase of the jvault vault: ");
    };
  }
}
