package dev.jvault.session;

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
 * Asks one question in the right place, within the limits of {@link PromptThrottle}: never two
 * windows at once, and none where a terminal comes to wait.
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

  /** The driver for a question; it is the same for the next one only while nothing has changed. */
  Optional<Driver> driver(Question.Kind kind, Requester requester) {
    return drivers.choose(kind, requester.person(), requester.helper());
  }

  /** Whether a browser or a dialog could be shown. */
  boolean display(Requester requester) {
    return drivers.display(requester.helper());
  }

  /** Whether it may be asked now; once it was, wrong answers may be asked for again. */
  boolean mayBegin(Question.Kind kind, NeedLock turn, Requester requester) {
    if (requester.atTerminal()) {
      throttle.lift(turn.need());
      return true;
    }
    return throttle.allows(turn.need())
        || driver(kind, requester).filter(one -> !restrained(one, requester)).isPresent();
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws HelperFailedException if there is none
   */
  Secret answer(Driver driver, Question question, NeedLock turn, Requester requester)
      throws HelperFailedException {
    boolean restrained = restrained(driver, requester);
    if (driver.kind() == Driver.Kind.DIALOG && !takeWindow(requester)) {
      throw new HelperFailedException("waits until another question is answered");
    }
    try {
      if (restrained) {
        throttle.asked(turn.need());
      }
      LOG.info("event=asked need=\"{}\" driver={}", turn.need().what(), driver.name());
      return driver.answer(question, new Yielding(requester, turn), requester.helper());
    } catch (HelperFailedException e) {
      LOG.info("event=not_answered driver={} reason=\"{}\"", driver.name(), e.clause());
      if (restrained && requester.person().waits() && !turn.yields(requester)) {
        throttle.refused(turn.need());
      }
      throw e;
    } finally {
      if (window.isHeldByCurrentThread()) {
        window.unlock();
      }
    }
  }

  /** What was given was wrong too often. */
  void refused(NeedLock turn) {
    throttle.refused(turn.need());
  }

  /** Whoever waits for a window waits for the one before it; nobody waits for that of an SDK. */
  private boolean takeWindow(Requester requester) {
    if (requester.waiting()) {
      window.lock();
      return true;
    }
    return window.tryLock();
  }

  private static boolean restrained(Driver driver, Requester requester) {
    return !requester.atTerminal()
        && driver.kind() != Driver.Kind.TERMINAL
        && (driver.kind() == Driver.Kind.DIALOG || !requester.waiting());
  }

  /** The person, whose window is closed when somebody at a terminal wants to answer. */
  private record Yielding(Requester requester, NeedLock turn) implements Person {
    @Override
    public Optional<Secret> ask(Question question) {
      return requester.person().ask(question);
    }

    @Override
    public boolean waits() {
      return requester.person().waits() && !turn.yields(requester);
    }
  }
}
