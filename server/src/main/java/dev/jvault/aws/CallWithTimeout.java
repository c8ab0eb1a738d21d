package dev.jvault.aws;

import dev.jvault.trace.Trace;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a call to AWS with a time limit, on a virtual thread of its own. Interrupting that thread
 * closes the socket. The SDK's own time-out is not enough: it ends neither the reading of an answer
 * that trickles in nor a slow name lookup.
 */
final class CallWithTimeout {
  private CallWithTimeout() {}

  /**
   * Returns the result of the call.
   *
   * @throws TimeoutException if there is none in time
   */
  static <T> T run(Duration limit, Callable<T> call) throws TimeoutException, InterruptedException {
    var task = new FutureTask<>(Trace.carriedCall(call));
    Thread worker = Thread.ofVirtual().name("aws-call").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unexpected(e);
    } finally {
      worker.interrupt();
    }
  }

  /** Keeps the stack trace but drops the message, because the JDK quotes headers in it. */
  private static IllegalStateException unexpected(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    var fault = new IllegalStateException("a call to AWS ended in " + cause.getClass().getName());
    fault.setStackTrace(cause.getStackTrace());
    return fault;
  }
}
