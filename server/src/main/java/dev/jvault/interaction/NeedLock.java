package dev.jvault.interaction;

import dev.jvault.credential.PersonNeed;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The fair lock of one need. Its holder asks the user; callers who wait for it learn from {@link
 * #met} whether that was enough. A question that no terminal shows gives way ({@link #yields}) to a
 * caller who can answer at a terminal or has the answer already.
 */
final class NeedLock {
  private final PersonNeed need;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicInteger waitingWithAnswer = new AtomicInteger();

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

  /**
   * Waits for the lock, and tells the caller if it has to wait. A caller who brings the passphrase
   * goes on without the lock: nobody is asked, and two threads can open the vault.
   */
  void take(Requester requester) {
    take(requester, need.what() + ", which another command asks for");
  }

  /**
   * Does the same.
   *
   * @param what what the caller waits for, if that is not an answer to this need's question
   */
  void take(Requester requester, String what) {
    if (lock.tryLock() || requester.holdsPassphrase(need)) {
      return;
    }
    int answer = requester.answers(need) ? 1 : 0;
    waitingWithAnswer.addAndGet(answer);
    try {
      requester.person().tell("waiting for " + what);
      lock.lock();
    } finally {
      waitingWithAnswer.addAndGet(-answer);
    }
  }

  /** Takes the lock if it is free. */
  boolean tryTake() {
    return lock.tryLock();
  }

  /** Marks the need as met, so that callers behind the holder need not ask. */
  void meet() {
    met.incrementAndGet();
  }

  /** Releases the lock to the next caller, if this thread has it. */
  void release() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
  }

  /** Whether this requester's question gives way to a caller who can answer. */
  boolean yields(Requester requester) {
    return waitingWithAnswer.get() > 0 && !requester.answers(need);
  }
}
