package dev.jvault.aws;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call to AWS with an end. It runs on a virtual thread of its own, whose interruption closes the
 * socket: the SDK's own limit does not end a read of an answer that trickles, nor a name server's
 * silence.
 */
final class CallWithTimeout {
  private CallWithTimeout() {}

  /** The call's result, if it comes in time. */
  static <T> T within(Duration limit, Callable<T> call)
      throws TimeoutException, InterruptedException {
    var task = new FutureTask<>(call);
    Thread worker = Thread.ofVirtual().name("aws-call").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unforeseen(e);
    } finally {
      worker.interrupt();
    }
  }

  /** With the place, without the message: the JDK quotes a header that it will not send. */
  private static IllegalStateException unforeseen(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    var fault = new IllegalStateException("a call to AWS ended in " + cause.getClass().getName());
    fault.setStackTrace(cause.getStackTrace());
    return fault;
  }
}
