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
import dev.jvault.vault.UnlockResult;
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
public final class InteractionBroker {
  private static final Logger LOG = LoggerFactory.getLogger(InteractionBroker.class);
  private static final int TRIES = 3;
  private static final PersonNeed PASSPHRASE = new PersonNeed.Passphrase();

  private final Vault vault;
  private final MfaCodes codes;
  private final BrowserLogins logins;
  private final PromptThrottle throttle;
  private final PromptDispatcher prompts;
  private final MfaChallenge mfa;
  private final Map<PersonNeed, NeedLock> turns = new ConcurrentHashMap<>();

  /**
   * Attends to whoever needs a person.
   *
   * @param drivers where persons are asked
   */
  public InteractionBroker(
      Vault vault, MfaCodes codes, BrowserLogins logins, Drivers drivers, InstantSource clock) {
    this.vault = vault;
    this.codes = codes;
    this.logins = logins;
    this.throttle = new PromptThrottle(clock);
    this.prompts = new PromptDispatcher(drivers, throttle);
    this.mfa = new MfaChallenge(codes, prompts);
  }

  /** Tries, and while the outcome needs a person and this one or a device answers, tries again. */
  Outcome attend(Supplier<Outcome> attempt, Requester requester) {
    Outcome outcome = attempt.get();
    while (outcome instanceof Outcome.NeedsPerson(PersonNeed need) && possible(need, requester)) {
      NeedLock turn = turn(need);
      int met = turn.met();
      turn.take(requester);
      boolean yielded = false;
      Outcome after = outcome;
      try {
        if (turn.met() == met) {
          after = hold(turn, requester, attempt);
          yielded = turn.yields(requester);
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
    var requester = new Requester(Person.NOBODY, helper);
    try {
      if (throttle.allows(need) && possible(need, requester)) {
        executor.execute(() -> raise(turn(need), attempt, requester));
      }
    } catch (JvaultException e) {
      throttle.asked(need);
      LOG.warn("event=not_asked need=\"{}\" reason=\"{}\"", need.what(), e.sentence());
    }
  }

  /**
   * Opens the vault, asking for its passphrase where that is what it takes.
   *
   * @param act whether somebody wants it opened who may, even if it was shut
   */
  boolean openVault(Requester requester, boolean act) {
    if (vault.unlocked()) {
      return true;
    }
    NeedLock turn = turn(PASSPHRASE);
    turn.take(requester);
    try {
      if (vault.shut()) {
        if (!act && !mayReopen(requester)) {
          return false;
        }
        vault.reopen();
      }
      boolean open = vault.unlock(Optional.empty(), requester.helper()) == UnlockResult.OPEN;
      return open || askForPassphrase(turn, requester);
    } finally {
      turn.leave();
    }
  }

  /**
   * One code of a device that AWS has not had, from its own command or whoever can be asked.
   *
   * @throws JvaultException if the command gives none
   */
  Optional<Secret> code(MfaDevice device, Requester requester) {
    String serial = device.serial();
    if (device.process().isPresent() && !requester.person().holdsAnswer(Question.Kind.MFA)) {
      return Optional.of(printed(device, device.process().get(), requester));
    }
    NeedLock turn = turn(new PersonNeed.MfaCode(serial));
    turn.take(requester);
    try {
      return mfa.code(serial, turn, requester);
    } finally {
      turn.leave();
    }
  }

  /** Refusals count no longer. */
  void forgive() {
    throttle.liftAll();
  }

  /** Forgets what was given and not spent. */
  void forget() {
    codes.discardAll();
  }

  private NeedLock turn(PersonNeed need) {
    return turns.computeIfAbsent(need, NeedLock::new);
  }

  private boolean possible(PersonNeed need, Requester requester) {
    return switch (need) {
      case PersonNeed.MfaCode _ -> prompts.driver(Question.Kind.MFA, requester).isPresent();
      case PersonNeed.Passphrase _ ->
          prompts.driver(Question.Kind.PASSPHRASE, requester).isPresent();
      case PersonNeed.SsoLogin _ -> requester.atTerminal() || prompts.display(requester);
      case PersonNeed.Unlocking _ -> false;
    };
  }

  private Outcome hold(NeedLock turn, Requester requester, Supplier<Outcome> attempt) {
    return switch (turn.need()) {
      case PersonNeed.MfaCode(String serial) -> mfa.hold(serial, turn, requester, attempt);
      case PersonNeed.SsoLogin(SsoSession session) -> login(session, turn, requester, attempt);
      case PersonNeed.Passphrase _ -> withPassphrase(turn, requester, attempt);
      case PersonNeed.Unlocking _ -> attempt.get();
    };
  }

  private void raise(NeedLock turn, Supplier<Outcome> attempt, Requester requester) {
    if (!turn.takeIfFree()) {
      return;
    }
    try {
      Outcome outcome = hold(turn, requester, attempt);
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
  private Outcome login(
      SsoSession session, NeedLock turn, Requester requester, Supplier<Outcome> attempt) {
    Outcome outcome = attempt.get();
    if (!(outcome instanceof Outcome.NeedsPerson(PersonNeed need)) || !need.equals(turn.need())) {
      turn.meet();
      return outcome;
    }
    if (!prompts.mayBegin(Question.Kind.CONFIRM, turn, requester)) {
      return outcome;
    }
    if (!requester.atTerminal()) {
      throttle.asked(need);
    }
    if (logins.login(session, requester.person(), requester.helper())) {
      turn.meet();
      return attempt.get();
    }
    if (!requester.atTerminal()) {
      throttle.refused(need);
    }
    return outcome;
  }

  private Outcome withPassphrase(NeedLock turn, Requester requester, Supplier<Outcome> attempt) {
    if (vault.shut()) {
      return new Outcome.NeedsPerson(new PersonNeed.Unlocking());
    }
    return vault.unlocked() || askForPassphrase(turn, requester)
        ? attempt.get()
        : new Outcome.NeedsPerson(PASSPHRASE);
  }

  private Secret printed(MfaDevice device, String line, Requester requester) {
    var command = new MfaProcess(line, requester.helper());
    try {
      return codes.printed(
          device.serial(), command, span -> requester.person().tell(MfaChallenge.waiting(span)));
    } catch (HelperFailedException e) {
      throw new JvaultException(ExitCode.UNAVAILABLE, command.sentence(e));
    }
  }

  private boolean askForPassphrase(NeedLock turn, Requester requester) {
    boolean begin = prompts.mayBegin(Question.Kind.PASSPHRASE, turn, requester);
    for (int tried = 0; begin && tried < TRIES; tried++) {
      Optional<Driver> driver = prompts.driver(Question.Kind.PASSPHRASE, requester);
      if (driver.isEmpty()) {
        return false;
      }
      String before = tried > 0 ? "That was not it. " : "";
      var question =
          new Question(Question.Kind.PASSPHRASE, before + "Passphrase of the jvault vault: ");
      try {
        Secret answer = prompts.answer(driver.get(), question, turn, requester);
        if (vault.unlock(Optional.of(answer), requester.helper()) == UnlockResult.OPEN) {
          turn.meet();
          return true;
        }
      } catch (HelperFailedException e) {
        return false;
      }
    }
    if (begin) {
      throttle.refused(turn.need());
    }
    return false;
  }

  /** A passphrase that came with the verb is an act only where it is what opens the vault. */
  private boolean mayReopen(Requester requester) {
    return requester.atTerminal()
        || (requester.person().holdsAnswer(Question.Kind.PASSPHRASE)
            && vault.keySource().equals(Optional.of(KeySource.PASSPHRASE)));
  }
}
