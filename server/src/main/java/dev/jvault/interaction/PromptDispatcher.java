package dev.jvault.interaction;

import dev.jvault.command.HelperFailedException;
import dev.jvault.prompt.Driver;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.OpenQuestion;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.trace.Trace;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one question in the right place, within the limits of {@link PromptThrottle}: one window at
 * a time, and none once a terminal waits for the same answer.
 */
final class PromptDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(PromptDispatcher.class);

  /** The name of the window of a locked keyring, beside those of the drivers. */
  private static final String DESKTOP = "desktop";

  private final Drivers drivers;
  private final PromptThrottle throttle;
  private final InstantSource clock;
  private final ReentrantLock window = new ReentrantLock();
  private final Set<OpenQuestion> openQuestions = ConcurrentHashMap.newKeySet();

  PromptDispatcher(Drivers drivers, PromptThrottle throttle, InstantSource clock) {
    this.drivers = drivers;
    this.throttle = throttle;
    this.clock = clock;
  }

  /** The questions that wait for an answer, the oldest first. */
  List<OpenQuestion> openQuestions() {
    return openQuestions.stream().sorted(Comparator.comparing(OpenQuestion::since)).toList();
  }

  /** The driver for a question now; another one may fit the next question. */
  Optional<Driver> driver(Question.Kind kind, Requester requester) {
    return drivers.choose(kind, requester.person(), requester.helper());
  }

  /** Whether a browser or a dialog can be shown. */
  boolean display(Requester requester) {
    return drivers.display(requester.helper());
  }

  /** Whether a first question may be asked now. After a wrong answer, it may be asked again. */
  boolean mayBegin(Question.Kind kind, NeedLock lock, Requester requester) {
    if (requester.atTerminal()) {
      throttle.lift(lock.need());
      return true;
    }
    return throttle.allows(lock.need())
        || driver(kind, requester).filter(one -> !throttled(one, requester)).isPresent();
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws HelperFailedException if there is none
   */
  Secret answer(Driver driver, Question question, NeedLock lock, Requester requester)
      throws HelperFailedException {
    boolean throttled = throttled(driver, requester);
    if (driver.kind() == Driver.Kind.DIALOG && !takeWindow(requester)) {
      throw new HelperFailedException("waits until another question is answered");
    }
    OpenQuestion open =
        new OpenQuestion(lock.need().what(), requester.askedBy(), driver.name(), clock.instant());
    try {
      openQuestions.add(open);
      if (throttled) {
        throttle.asked(lock.need());
      }
      LOG.info("event=prompted need=\"{}\" driver={}", lock.need().what(), driver.name());
      Trace.tell(() -> "asking for " + lock.need().what() + " by " + driver.name());
      Secret answer =
          driver.answer(question, new YieldingPerson(requester, lock), requester.helper());
      Trace.tell(() -> "answered");
      return answer;
    } catch (HelperFailedException e) {
      Trace.tell(() -> "not answered");
      LOG.info("event=prompt_unanswered driver={} reason=\"{}\"", driver.name(), e.loggedClause());
      if (throttled && requester.person().waits() && !lock.yields(requester)) {
        throttle.refused(lock.need());
      }
      throw e;
    } finally {
      openQuestions.remove(open);
      if (window.isHeldByCurrentThread()) {
        window.unlock();
      }
    }
  }

  /**
   * Shows that the desktop asks the user by itself, with a window that is none of ours, and limits
   * how often it does so for requests of SDKs.
   *
   * @param answered waits for the answer; returns whether the need is met
   * @throws dev.jvault.protocol.JvaultException if the desktop cannot ask, or the user refuses
   */
  boolean whileAsked(NeedLock lock, Requester requester, BooleanSupplier answered) {
    var open = new OpenQuestion(lock.need().what(), requester.askedBy(), DESKTOP, clock.instant());
    boolean met = false;
    openQuestions.add(open);
    try {
      throttle.asked(lock.need());
      LOG.info("event=prompted need=\"{}\" driver={}", lock.need().what(), DESKTOP);
      met = answered.getAsBoolean();
      return met;
    } finally {
      openQuestions.remove(open);
      if (!met && !requester.atTerminal()) {
        throttle.refused(lock.need());
      }
    }
  }

  /** Records that the answers to a question were wrong too often. */
  void refused(NeedLock lock) {
    throttle.refused(lock.need());
  }

  /** Interactive callers queue for the window; SDK requests never block on it. */
  private boolean takeWindow(Requester requester) {
    if (requester.waiting()) {
      window.lock();
      return true;
    }
    return window.tryLock();
  }

  private static boolean throttled(Driver driver, Requester requester) {
    return !requester.atTerminal()
        && driver.kind() != Driver.Kind.TERMINAL
        && (driver.kind() == Driver.Kind.DIALOG || !requester.waiting());
  }

  /** A user whose question ends as soon as another caller can answer it, or has met its need. */
  private record YieldingPerson(Requester requester, NeedLock lock) implements Person {
    @Override
    public Optional<Secret> ask(Question question) {
      return requester.person().holdsAnswer(question.kind())
          ? requester.person().ask(question)
          : requester.person().ask(question, lock.withdrawal());
    }

    @Override
    public boolean waits() {
      return requester.person().waits() && !lock.yields(requester);
    }
  }
}
