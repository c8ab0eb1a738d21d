package dev.jvault.interaction;

import dev.jvault.command.HelperFailedException;
import dev.jvault.prompt.Driver;
import dev.jvault.prompt.Drivers;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one question in the right place, within the limits of {@link PromptThrottle}: one window at
 * a time, and none once a terminal waits for the same answer.
 */
final class PromptDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(PromptDispatcher.class);

  private final Drivers drivers;
  private final PromptThrottle throttle;
  private final ReentrantLock window = new ReentrantLock();

  PromptDispatcher(Drivers drivers, PromptThrottle throttle) {
    this.drivers = drivers;
    this.throttle = throttle;
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
    try {
      if (throttled) {
        throttle.asked(lock.need());
      }
      LOG.info("event=prompted need=\"{}\" driver={}", lock.need().what(), driver.name());
      return driver.answer(question, new YieldingPerson(requester, lock), requester.helper());
    } catch (HelperFailedException e) {
      LOG.info("event=prompt_unanswered driver={} reason=\"{}\"", driver.name(), e.clause());
      if (throttled && requester.person().waits() && !lock.yields(requester)) {
        throttle.refused(lock.need());
      }
      throw e;
    } finally {
      if (window.isHeldByCurrentThread()) {
        window.unlock();
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

  /** A user whose window closes as soon as a caller at a terminal can answer. */
  private record YieldingPerson(Requester requester, NeedLock lock) implements Person {
    @Override
    public Optional<Secret> ask(Question question) {
      return requester.person().ask(question);
    }

    @Override
    public boolean waits() {
      return requester.person().waits() && !lock.yields(requester);
    }
  }
}
