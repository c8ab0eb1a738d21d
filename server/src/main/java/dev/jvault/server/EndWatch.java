package dev.jvault.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Ends the process if its ordered end takes too long, whatever hangs: a platform thread that needs
 * nothing else of the daemon, not even its log.
 */
final class EndWatch {
  private final Duration limit;
  private final IntConsumer halt;
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * A watch that has not begun.
   *
   * @param limit the time for the ordered end
   * @param halt ends the process at once with this status
   */
  EndWatch(Duration limit, IntConsumer halt) {
    this.limit = limit;
    this.halt = halt;
  }

  /**
   * Begins to watch; a second beginning changes nothing that the first one does.
   *
   * @param status the exit status if the time runs out
   */
  void begin(int status) {
    Thread.ofPlatform().daemon().name("end-watch").start(() -> await(status));
  }

  /** The ordered end is complete. */
  void ended() {
    ended.countDown();
  }

  private void await(int status) {
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        halt.accept(status);
      }
    } catch (InterruptedException _) {
      halt.accept(status);
    }
  }
}
