package dev.jvault.command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts processes within a time limit, on platform threads: the home folder and the PATH that a
 * caller names may be on a drive that hangs, and a call that hangs would keep the carrier of a
 * virtual thread.
 */
final class ProcessStart {
  /** The time to find and start a program. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  private ProcessStart() {}

  /**
   * The result of a start.
   *
   * @param start finds and starts the program
   * @throws IOException if the program cannot be started, or not in time; it is ended if it starts
   *     later
   */
  static Process within(Duration limit, Callable<Process> start)
      throws IOException, InterruptedException, HelperFailedException {
    var started = new CompletableFuture<Process>();
    Thread.ofPlatform().daemon().name("start").start(() -> run(start, started));
    try {
      return started.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new IOException(
          "its folder does not answer within " + limit.toSeconds() + " s; check the drive");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case HelperFailedException failed -> throw failed;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      started.cancel(false);
    }
  }

  private static void run(Callable<Process> start, CompletableFuture<Process> started) {
    try {
      Process process = start.call();
      if (!started.complete(process)) {
        HelperCommand.end(process);
      }
    } catch (Exception e) {
      started.completeExceptionally(e);
    }
  }
}
