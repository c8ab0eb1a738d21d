package dev.jvault.interaction;

import dev.jvault.command.HelperFailedException;
import dev.jvault.credential.MfaCodes;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.MfaDevice;
import dev.jvault.profile.SsoSession;
import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.MfaProcess;
import dev.jvault.prompt.OpenQuestion;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the user for what an outcome needs (an MFA code, the vault's passphrase, a login), once
 * however many callers wait. Callers queue for each need; one of them is asked, and those behind it
 * first check whether the need has been met meanwhile. {@link MfaCodes} shows where an MFA code
 * goes. Safe for many threads.
 */
public final class InteractionBroker {
  private static final Logger LOG = LoggerFactory.getLogger(InteractionBroker.class);

  private final MfaCodes codes;
  private final BrowserLogins logins;
  private final PromptThrottle throttle;
  private final PromptDispatcher prompts;
  private final MfaChallenge mfa;
  private final VaultOpener opener;
  private final Map<PersonNeed, NeedLock> locks = new ConcurrentHashMap<>();

  /**
   * A broker.
   *
   * @param codes hold an MFA code until a request sends it
   * @param drivers the ways to ask the user
   */
  public InteractionBroker(
      Vault vault, MfaCodes codes, BrowserLogins logins, Drivers drivers, InstantSource clock) {
    this.codes = codes;
    this.logins = logins;
    this.throttle = new PromptThrottle(clock);
    this.prompts = new PromptDispatcher(drivers, throttle, clock);
    this.mfa = new MfaChallenge(codes, prompts);
    this.opener = new VaultOpener(vault, prompts);
    codes.whenAccepted(serial -> {
      NeedLock lock = locks.get(new PersonNeed.MfaCode(serial));
      if (lock != null) {
        lock.withdraw();
      }
    });
  }

  /**
   * Makes the attempt, and makes it again as long as its outcome needs the user and the user, or a
   * device, answers. Blocks while the user is asked.
   */
  public Outcome attend(Supplier<Outcome> attempt, Requester requester) {
    Outcome outcome = attempt.get();
    boolean first = true;
    while (outcome instanceof Outcome.NeedsPerson(PersonNeed need) && possible(need, requester)) {
      NeedLock lock = lock(need);
      int met = lock.met();
      lock.take(requester, first && requester.takesOver(need));
      first = false;
      boolean yielded = false;
      Outcome after = outcome;
      try {
        if (lock.met() == met) {
          after = askAndAttempt(lock, requester, attempt);
          yielded = lock.yields(requester);
        }
      } finally {
        lock.release();
      }
      if (lock.met() != met) {
        after = after.equals(outcome) ? attempt.get() : after;
      } else if (after.equals(outcome) && !yielded) {
        return outcome;
      }
      outcome = after;
    }
    return outcome;
  }

  /**
   * Asks on behalf of an SDK request, on the executor, if there is a way to ask without a terminal
   * and the throttle allows it. The result serves the SDK's next request.
   *
   * @param helper the environment of helper programs
   * @param program finds the program that sent the request; may take a moment
   */
  public void raise(
      PersonNeed need,
      Supplier<Outcome> attempt,
      Map<String, String> helper,
      Supplier<Optional<AskingCommand>> program,
      Executor executor) {
    Requester requester = Requester.ofSdk(helper, program);
    try {
      if (throttle.allows(need) && possible(need, requester)) {
        executor.execute(() -> raise(lock(need), attempt, requester));
      }
    } catch (JvaultException e) {
      throttle.asked(need);
      LOG.warn("event=prompt_refused need=\"{}\" reason=\"{}\"", need.what(), e.logged());
    }
  }

  /**
   * Opens the vault, and asks for its passphrase if that is what it takes.
   *
   * @param explicit whether the caller asks for just this and may reopen a vault that `jvault lock`
   *     has locked
   * @return whether the vault is open
   */
  public boolean openVault(Requester requester, boolean explicit) {
    if (opener.isOpen()) {
      return true;
    }
    NeedLock lock = lock(new PersonNeed.Passphrase());
    boolean yielded = false;
    do {
      lock.take(requester, !yielded && requester.takesOver(lock.need()), opener::awaited);
      try {
        if (opener.isOpen() || opener.open(lock, requester, explicit)) {
          return true;
        }
        yielded = lock.yields(requester);
      } finally {
        lock.release();
      }
    } while (yielded);
    return false;
  }

  /** The questions that wait for an answer, the oldest first. */
  public List<OpenQuestion> openQuestions() {
    return prompts.openQuestions();
  }

  /**
   * A code of a device that AWS has not received yet, for a call outside a chain; empty if the user
   * gives none.
   *
   * @throws JvaultException with {@link ExitCode#UNAVAILABLE} if the device's own command fails,
   *     with {@link ExitCode#DENIED} if the only code that was given is not worth sending
   */
  public Optional<Secret> code(MfaDevice device, Requester requester) {
    String serial = device.serial();
    if (device.process().isPresent() && !requester.person().holdsAnswer(Question.Kind.MFA)) {
      return Optional.of(printed(device, device.process().get(), requester));
    }
    NeedLock lock = lock(new PersonNeed.MfaCode(serial));
    lock.take(requester, requester.takesOver(lock.need()));
    try {
      return mfa.code(serial, lock, requester);
    } finally {
      lock.release();
    }
  }

  /** Lifts all limits on asking, because the user has asked to be asked. */
  public void liftLimits() {
    throttle.liftAll();
  }

  /** Records that such a code was not sent after all, because no connection came about. */
  public void codeNotSent(MfaDevice device, Secret code) {
    codes.notSent(device.serial(), code);
  }

  /** Discards the codes that the user has given and no request has sent. */
  public void discardCodes() {
    codes.discardAll();
  }

  private NeedLock lock(PersonNeed need) {
    return locks.computeIfAbsent(need, NeedLock::new);
  }

  private boolean possible(PersonNeed need, Requester requester) {
    return switch (need) {
      case PersonNeed.MfaCode _ -> prompts.driver(Question.Kind.MFA, requester).isPresent();
      case PersonNeed.Passphrase _ ->
          prompts.driver(Question.Kind.PASSPHRASE, requester).isPresent();
      case PersonNeed.SsoLogin _, PersonNeed.Keyring _ ->
          requester.atTerminal() || prompts.display(requester);
      case PersonNeed.Unlocking _ -> false;
    };
  }

  private Outcome askAndAttempt(NeedLock lock, Requester requester, Supplier<Outcome> attempt) {
    return switch (lock.need()) {
      case PersonNeed.MfaCode(String serial) -> mfa.attempt(serial, lock, requester, attempt);
      case PersonNeed.SsoLogin(SsoSession session) -> login(session, lock, requester, attempt);
      case PersonNeed.Passphrase _ -> opener.attempt(lock, requester, attempt);
      case PersonNeed.Keyring _ -> opener.attemptWithKeyring(lock, requester, attempt);
      case PersonNeed.Unlocking _ -> attempt.get();
    };
  }

  private void raise(NeedLock lock, Supplier<Outcome> attempt, Requester requester) {
    if (!lock.tryTake(requester)) {
      return;
    }
    try {
      Outcome outcome = askAndAttempt(lock, requester, attempt);
      LOG.info(
          "event=prompted_for_sdk need=\"{}\" outcome={}",
          lock.need().what(),
          outcome.getClass().getSimpleName());
    } catch (JvaultException e) {
      LOG.warn(
          "event=prompt_for_sdk_failed need=\"{}\" reason=\"{}\"", lock.need().what(), e.logged());
    } finally {
      lock.release();
    }
  }

  /** Opening a browser counts as a window: the same limits hold if no terminal waits. */
  private Outcome login(
      SsoSession session, NeedLock lock, Requester requester, Supplier<Outcome> attempt) {
    Outcome outcome = attempt.get();
    if (!(outcome instanceof Outcome.NeedsPerson(PersonNeed need)) || !need.equals(lock.need())) {
      lock.meet();
      return outcome;
    }
    if (!prompts.mayBegin(Question.Kind.CONFIRM, lock, requester)) {
      return outcome;
    }
    if (!requester.atTerminal()) {
      throttle.asked(need);
    }
    if (logins.login(session, requester.person(), requester.helper())) {
      lock.meet();
      return attempt.get();
    }
    if (!requester.atTerminal()) {
      throttle.refused(need);
    }
    return outcome;
  }

  private Secret printed(MfaDevice device, String line, Requester requester) {
    var command = new MfaProcess(line, requester.helper());
    try {
      return codes.printed(
          device.serial(), command, span -> requester.person().tell(MfaChallenge.waiting(span)));
    } catch (HelperFailedException e) {
      throw new JvaultException(
          e.broken() ? ExitCode.PROFILE : ExitCode.UNAVAILABLE, command.sentence(e));
    }
  }

  /** Logins to IAM Identity Center that the user completes in a browser. */
  public interface BrowserLogins {
    /** No login ever succeeds. */
    BrowserLogins NONE = (_, _, _) -> false;

    /**
     * Lets the user log in, and waits until that has ended.
     *
     * @param person the user who waits; {@link Person#tell} shows what to open
     * @param helper the environment of helper programs
     * @return whether the login succeeded
     */
    boolean login(SsoSession session, Person person, Map<String, String> helper);
  }
}
