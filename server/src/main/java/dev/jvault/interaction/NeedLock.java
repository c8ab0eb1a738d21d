package dev.jvault.interaction;

import dev.jvault.credential.PersonNeed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The fair lock of one need. Its holder asks the user; callers who wait for it learn from {@link
 * #met} whether that was enough.
 *
 * <p>A question gives way ({@link #yields}) to a caller with a better claim to answer: one that no
 * terminal shows to a caller at a terminal, and every one that is not answered yet to a caller who
 * brings the answer or was started to give it ({@code jvault unlock}). Its asker then queues again.
 */
final class NeedLock {
  private final PersonNeed need;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicInteger waitingWithAnswer = new AtomicInteger();
  private final AtomicInteger waitingToTakeOver = new AtomicInteger();

  /** Completes when the holder's question is no longer wanted. Replaced with each holder. */
  private volatile CompletableFuture<Void> withdrawal = new CompletableFuture<>();

  private volatile String holder = "another command";

  /** The latest who takes over, who asks as soon as the present holder has made room. */
  private volatile String next = holder;

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
   * goes on without the lock, because it asks no question and two threads can open the vault.
   *
   * @param takesOver whether the question that is open ends in favour of this caller's answer
   */
  void take(Requester requester, boolean takesOver) {
    take(requester, takesOver, asker -> need.what() + ", which " + asker + " asks for");
  }

  /**
   * Does the same.
   *
   * @param awaited says what the caller waits for, given the words for the one who asks
   */
  void take(Requester requester, boolean takesOver, UnaryOperator<String> awaited) {
    if (tryTake(requester)
        || (need instanceof PersonNeed.Passphrase && requester.holdsAnswer(need))) {
      return;
    }
    int answer = requester.answers(need) ? 1 : 0;
    int over = takesOver ? 1 : 0;
    waitingWithAnswer.addAndGet(answer);
    waitingToTakeOver.addAndGet(over);
    try {
      if (takesOver) {
        next = requester.askedBy();
        withdraw();
      } else {
        requester.person().tellWaiting("waiting for " + awaited.apply(asker()));
      }
      lock.lock();
      begin(requester, over);
    } finally {
      waitingWithAnswer.addAndGet(-answer);
      waitingToTakeOver.addAndGet(-over);
    }
  }

  /** The words for the one whose question callers wait for. */
  private String asker() {
    return waitingToTakeOver.get() > 0 ? next : holder;
  }

  /** Takes the lock if it is free. */
  boolean tryTake(Requester requester) {
    // One whose question was withdrawn must not come before the caller who has withdrawn it.
    if (lock.hasQueuedThreads() || !lock.tryLock()) {
      return false;
    }
    begin(requester, 0);
    return true;
  }

  /** Marks the need as met, so that callers behind the holder need not ask. */
  void meet() {
    met.incrementAndGet();
    if (!lock.isHeldByCurrentThread()) {
      withdraw();
    }
  }

  /** Releases the lock to the next caller, if this thread has it. */
  void release() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
  }

  /** Whether this requester's question gives way to another caller. */
  boolean yields(Requester requester) {
    return (withdrawal.isDone() && !requester.holdsAnswer(need))
        || (waitingWithAnswer.get() > 0 && !requester.answers(need));
  }

  /** Completes when the present holder's question is no longer wanted. */
  CompletableFuture<Void> withdrawal() {
    return withdrawal;
  }

  /** Ends the question that is open. Its asker finds out whether its need has been met. */
  void withdraw() {
    withdrawal.complete(null);
  }

  /**
   * The caller has the lock now.
   *
   * @param over 1 if the caller still counts among those who wait to take over, else 0
   */
  private void begin(Requester requester, int over) {
    holder = requester.askedBy();
    withdrawal = new CompletableFuture<>();
    // The one who takes over may have come between two holders.
    if (waitingToTakeOver.get() > over) {
      withdraw();
    }
  }
}
