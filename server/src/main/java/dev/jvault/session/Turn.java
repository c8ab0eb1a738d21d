package dev.jvault.session;

import dev.jvault.credential.PersonNeed;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turn to ask for one need. Who has it asks; those who wait for it learn whether that was
 * enough. A question that no terminal shows gives way to a terminal.
 */
final class Turn {
  private final PersonNeed need;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicInteger terminals = new AtomicInteger();

  Turn(PersonNeed need) {
    this.need = need;
  }

  PersonNeed need() {
    return need;
  }

  /** How often the need has been met. */
  int met() {
    return met.get();
  }

  /** Waits for the turn. */
  void take(Asker asker) {
    if (lock.tryLock()) {
      return;
    }
    int terminal = asker.atTerminal() ? 1 : 0;
    terminals.addAndGet(terminal);
    try {
      asker.person().tell("waiting for " + need.what() + ", which is being asked for elsewhere");
      lock.lock();
    } finally {
      terminals.addAndGet(-terminal);
    }
  }

  /** Takes the turn if nobody has it. */
  boolean takeIfFree() {
    return lock.tryLock();
  }

  /** The need was met: whoever waits for the turn need not ask. */
  void meet() {
    met.incrementAndGet();
  }

  /** Gives the turn to the next. */
  void leave() {
    lock.unlock();
  }

  /** Whether a question that is not on a terminal gives way to one that can be. */
  boolean yields(Asker asker) {
    return terminals.get() > 0 && !asker.atTerminal();
  }
}
