package dev.jvault.session;

import dev.jvault.credential.PersonNeed;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turn to ask for one need. Who has it asks; those who wait for it learn whether that was
 * enough. A question that no terminal shows gives way to a terminal, and to an answer that was
 * given with a command.
 */
final class NeedLock {
  private final PersonNeed need;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();

  NeedLock(PersonNeed need) {
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
  void take(Requester requester) {
    if (lock.tryLock()) {
      return;
    }
    int answer = requester.answers(need) ? 1 : 0;
    answers.addAndGet(answer);
    try {
      requester
          .person()
          .tell("waiting for " + need.what() + ", which is being asked for elsewhere");
      lock.lock();
    } finally {
      answers.addAndGet(-answer);
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

  /** Whether a question to nobody at a terminal gives way to somebody who can answer it. */
  boolean yields(Requester requester) {
    return answers.get() > 0 && !requester.answers(need);
  }
}
