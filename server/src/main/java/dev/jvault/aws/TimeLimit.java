package dev.jvault.aws;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a call on a virtual thread of its own, whose interruption closes the socket: the SDK's
 * own limits end neither a read of an answer that trickles nor a name server's silence.
 */
final class TimeLimit {
  private TimeLimit() {}

  /**
   * The call's answer.
   *
   * @throws TimeoutException if there is none in time, or nobody waits for it any more
   * @throws ExecutionException if the call has thrown something
   */
  static <T> T within(Duration limit, Callable<T> call)
      throws TimeoutException, ExecutionException {
    var task = new FutureTask<>(call);
    Thread worker = Thread.ofVirtual().name("place-call").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    } finally {
      worker.interrupt();
    }
  }
}
