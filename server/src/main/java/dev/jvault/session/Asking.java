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
 * Asks one question in the right place, within the limits of {@link Restraint}: never two windows
 * at once, and none where a terminal comes to wait.
 */
final class Asking {
  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  private final Drivers drivers;
  private final Restraint restraint;
  private final ReentrantLock window = new ReentrantLock();

  Asking(Drivers drivers, Restraint restraint) {
    this.drivers = drivers;
    this.restraint = restraint;
  }

  /** The driver for a question; it is the same for the next one only while nothing has changed. */
  Optional<Driver> driver(Question.Kind kind, Asker asker) {
    return drivers.choose(kind, asker.person(), asker.helper());
  }

  /** Whether a browser or a dialog could be shown. */
  boolean display(Asker asker) {
    return drivers.display(asker.helper());
  }

  /** Whether it may be asked now; once it was, wrong answers may be asked for again. */
  boolean mayBegin(Question.Kind kind, Turn turn, Asker asker) {
    if (asker.atTerminal()) {
      restraint.lift(turn.need());
      return true;
    }
    return restraint.allows(turn.need())
        || driver(kind, asker).filter(one -> !restrained(one, asker)).isPresent();
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws HelperFailedException if there is none
   */
  Secret answer(Driver driver, Question question, Turn turn, Asker asker)
      throws HelperFailedException {
    boolean restrained = restrained(driver, asker);
    if (driver.kind() == Driver.Kind.DIALOG && !takeWindow(asker)) {
      throw new HelperFailedException("waits until another question is answered");
    }
    try {
      if (restrained) {
        restraint.asked(turn.need());
      }
      LOG.info("event=asked need=\"{}\" driver={}", turn.need().what(), driver.name());
      return driver.answer(question, new Yielding(asker, turn), asker.helper());
    } catch (HelperFailedException e) {
      LOG.info("event=not_answered driver={} reason=\"{}\"", driver.name(), e.clause());
      if (restrained && asker.person().waits() && !turn.yields(asker)) {
        restraint.refused(turn.need());
      }
      throw e;
    } finally {
      if (window.isHeldByCurrentThread()) {
        window.unlock();
      }
    }
  }

  /** What was given was wrong too often. */
  void refused(Turn turn) {
    restraint.refused(turn.need());
  }

  /** Whoever waits for a window waits for the one before it; nobody waits for that of an SDK. */
  private boolean takeWindow(Asker asker) {
    if (asker.waiting()) {
      window.lock();
      return true;
    }
    return window.tryLock();
  }

  private static boolean restrained(Driver driver, Asker asker) {
    return !asker.atTerminal()
        && driver.kind() != Driver.Kind.TERMINAL
        && (driver.kind() == Driver.Kind.DIALOG || !asker.waiting());
  }

  /** The person, whose window is closed when somebody at a terminal wants to answer. */
  private record Yielding(Asker asker, Turn turn) implements Person {
    @Override
    public Optional<Secret> ask(Question question) {
      return asker.person().ask(question);
    }

    @Override
    public boolean waits() {
      return asker.person().waits() && !turn.yields(asker);
    }
  }
}
