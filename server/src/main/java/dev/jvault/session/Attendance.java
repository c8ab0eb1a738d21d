package dev.jvault.session;

import dev.jvault.command.HelperFailedException;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.Driver;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.MfaProcess;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Unlock;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for what a person is needed for, once however many wait: for each device, for the vault and
 * for each login, one of them is asked at a time, and whoever comes after looks first whether that
 * has been enough. Safe for many threads.
 */
public final class Attendance {
  private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
  private static final int TRIES = 3;
  private static final PersonNeed PASSPHRASE = new PersonNeed.Passphrase();

  private final Vault vault;
  private final MfaCodes codes;
  private final BrowserLogins logins;
  private final Restraint restraint;
  private final Asking asking;
  private final MfaInquiry mfa;
  private final Map<PersonNeed, Turn> turns = new ConcurrentHashMap<>();

  /**
   * Attends to whoever needs a person.
   *
   * @param drivers where persons are asked
   */
  public Attendance(
      Vault vault, MfaCodes codes, BrowserLogins logins, Drivers drivers, InstantSource clock) {
    this.vault = vault;
    this.codes = codes;
    this.logins = logins;
    this.restraint = new Restraint(clock);
    this.asking = new Asking(drivers, restraint);
    this.mfa = new MfaInquiry(codes, asking);
  }

  /** Tries, and while the outcome needs a person and this one or a device answers, tries again. */
  Outcome attend(Supplier<Outcome> attempt, Asker asker) {
    Outcome outcome = attempt.get();
    while (outcome instanceof Outcome.NeedsPerson(PersonNeed need) && possible(need, asker)) {
      Turn turn = turn(need);
      int met = turn.met();
      turn.take(asker);
      boolean yielded = false;
      Outcome after = outcome;
      try {
        if (turn.met() == met) {
          after = hold(turn, asker, attempt);
          yielded = turn.yields(asker);
        }
      } finally {
        turn.leave();
      }
      if (turn.met() != met) {
        after = after.equals(outcome) ? attempt.get() : after;
      } else if (after.equals(outcome) && !yielded) {
        return outcome;
      }
      outcome = after;
    }
    return outcome;
  }

  /**
   * Raises a question for an SDK's request, on the executor, if there is a place for it that is no
   * terminal and the limits allow it; what comes of it serves the client's next try.
   */
  void raise(
      PersonNeed need, Supplier<Outcome> attempt, Map<String, String> helper, Executor executor) {
    var asker = new Asker(Person.NOBODY, helper);
    try {
      if (restraint.allows(need) && possible(need, asker)) {
        executor.execute(() -> raise(turn(need), attempt, asker));
      }
    } catch (JvaultException e) {
      restraint.asked(need);
      LOG.warn("event=not_asked need=\"{}\" reason=\"{}\"", need.what(), e.sentence());
    }
  }

  /**
   * Opens the vault, asking for its passphrase where that is what it takes.
   *
   * @param act whether somebody wants it opened who may, even if it was shut
   */
  boolean openVault(Asker asker, boolean act) {
    if (vault.unlocked()) {
      return true;
    }
    Turn turn = turn(PASSPHRASE);
    turn.take(asker);
    try {
      if (vault.shut()) {
        if (!act && !mayReopen(asker)) {
          return false;
        }
        vault.reopen();
      }
      boolean open = vault.unlock(Optional.empty(), asker.helper()) == Unlock.OPEN;
      return open || askForPassphrase(turn, asker);
    } finally {
      turn.leave();
    }
  }

  /**
   * One code of a device that AWS has not had, from its own command or whoever can be asked.
   *
   * @throws JvaultException if the command gives none
   */
  Optional<Secret> code(MfaDevice device, Asker asker) {
    String serial = device.serial();
    if (device.process().isPresent() && !asker.person().holdsAnswer(Question.Kind.MFA)) {
      return Optional.of(printed(device, device.process().get(), asker));
    }
    Turn turn = turn(new PersonNeed.MfaCode(serial));
    turn.take(asker);
    try {
      return mfa.code(serial, turn, asker);
    } finally {
      turn.leave();
    }
  }

  /** Refusals count no longer. */
  void forgive() {
    restraint.liftAll();
  }

  /** Forgets what was given and not spent. */
  void forget() {
    codes.discardAll();
  }

  private Turn turn(PersonNeed need) {
    return turns.computeIfAbsent(need, Turn::new);
  }

  private boolean possible(PersonNeed need, Asker asker) {
    return switch (need) {
      case PersonNeed.MfaCode _ -> asking.driver(Question.Kind.MFA, asker).isPresent();
      case PersonNeed.Passphrase _ -> asking.driver(Question.Kind.PASSPHRASE, asker).isPresent();
      case PersonNeed.SsoLogin _ -> asker.atTerminal() || asking.display(asker);
      case PersonNeed.Unlocking _ -> false;
    };
  }

  private Outcome hold(Turn turn, Asker asker, Supplier<Outcome> attempt) {
    return switch (turn.need()) {
      case PersonNeed.MfaCode(String serial) -> mfa.hold(serial, turn, asker, attempt);
      case PersonNeed.SsoLogin(SsoSession session) -> login(session, turn, asker, attempt);
      case PersonNeed.Passphrase _ -> withPassphrase(turn, asker, attempt);
      case PersonNeed.Unlocking _ -> attempt.get();
    };
  }

  private void raise(Turn turn, Supplier<Outcome> attempt, Asker asker) {
    if (!turn.takeIfFree()) {
      return;
    }
    try {
      Outcome outcome = hold(turn, asker, attempt);
      LOG.info(
          "event=raised need=\"{}\" outcome={}",
          turn.need().what(),
          outcome.getClass().getSimpleName());
    } catch (JvaultException e) {
      LOG.warn("event=raise_failed need=\"{}\" reason=\"{}\"", turn.need().what(), e.sentence());
    } finally {
      turn.leave();
    }
  }

  /** The browser is a window like any other: the same limits hold where no terminal waits. */
  private Outcome login(SsoSession session, Turn turn, Asker asker, Supplier<Outcome> attempt) {
    Outcome outcome = attempt.get();
    if (!(outcome instanceof Outcome.NeedsPerson(PersonNeed need)) || !need.equals(turn.need())) {
      turn.meet();
      return outcome;
    }
    if (!asking.mayBegin(Question.Kind.CONFIRM, turn, asker)) {
      return outcome;
    }
    if (!asker.atTerminal()) {
      restraint.asked(need);
    }
    if (logins.login(session, asker.person(), asker.helper())) {
      turn.meet();
      return attempt.get();
    }
    if (!asker.atTerminal()) {
      restraint.refused(need);
    }
    return outcome;
  }

  private Outcome withPassphrase(Turn turn, Asker asker, Supplier<Outcome> attempt) {
    if (vault.shut()) {
      return new Outcome.NeedsPerson(new PersonNeed.Unlocking());
    }
    return vault.unlocked() || askForPassphrase(turn, asker)
        ? attempt.get()
        : new Outcome.NeedsPerson(PASSPHRASE);
  }

  private Secret printed(MfaDevice device, String line, Asker asker) {
    var command = new MfaProcess(line, asker.helper());
    try {
      return codes.printed(
          device.serial(), command, span -> asker.person().tell(MfaInquiry.waiting(span)));
    } catch (HelperFailedException e) {
      throw new JvaultException(ExitCode.UNAVAILABLE, command.sentence(e));
    }
  }

  private boolean askForPassphrase(Turn turn, Asker asker) {
    boolean begin = asking.mayBegin(Question.Kind.PASSPHRASE, turn, asker);
    for (int tried = 0; begin && tried < TRIES; tried++) {
      Optional<Driver> driver = asking.driver(Question.Kind.PASSPHRASE, asker);
      if (driver.isEmpty()) {
        return false;
      }
      String before = tried > 0 ? "That was not it. " : "";
      var question =
          new Question(Question.Kind.PASSPHRASE, before + "Passphrase of the jvault vault: ");
      try {
        Secret answer = asking.answer(driver.get(), question, turn, asker);
        if (vault.unlock(Optional.of(answer), asker.helper()) == Unlock.OPEN) {
          turn.meet();
          return true;
        }
      } catch (HelperFailedException e) {
        return false;
      }
    }
    if (begin) {
      restraint.refused(turn.need());
    }
    return false;
  }

  /** A passphrase that came with the verb is an act only where it is what opens the vault. */
  private boolean mayReopen(Asker asker) {
    return asker.atTerminal()
        || (asker.person().holdsAnswer(Question.Kind.PASSPHRASE)
            && vault.keySource().equals(Optional.of(KeySource.PASSPHRASE)));
  }
}
