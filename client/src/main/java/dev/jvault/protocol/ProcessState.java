package dev.jvault.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Whether processes of this user live. A zombie is dead: it has ended, and only its parent has not
 * asked for its exit status yet, which a container's first process may never do. {@link
 * ProcessHandle#isAlive} and {@link ProcessHandle#onExit} take a zombie for a living process.
 */
public final class ProcessState {
  /** The JDK notices the end of a process that is not a child of ours 0.3 s late, or never. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private ProcessState() {}

  /** Whether a process with this pid exists and has not ended. */
  public static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessState::alive).orElse(false);
  }

  /** When a process started, in clock ticks since boot; empty if the system does not tell. */
  public static OptionalLong startTicks(long pid) {
    return ProcessStat.of(pid)
        .map(stat -> OptionalLong.of(stat.startTicks()))
        .orElse(OptionalLong.empty());
  }

  /**
   * Waits until a process has ended.
   *
   * @param longest measured by the monotonic clock
   * @return whether it has ended
   */
  public static boolean awaitEnd(long pid, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      return true;
    }
    CompletableFuture<ProcessHandle> exit = process.get().onExit();
    while (alive(process.get())) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      endsSoon(exit);
    }
    return true;
  }

  /** Completes when a process has ended; waits on a thread of its own, at most this long. */
  public static CompletableFuture<Void> end(long pid, Duration longest) {
    var end = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .name("end-of-" + pid)
        .start(() -> {
          try {
            if (awaitEnd(pid, longest)) {
              end.complete(null);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return end;
  }

  private static boolean alive(ProcessHandle process) {
    return process.isAlive() && !hasEnded(process.pid());
  }

  /** The first thread of a living program may have ended; then the other threads still live. */
  private static boolean hasEnded(long pid) {
    boolean ended = ProcessStat.of(pid).filter(stat -> "ZXx".contains(stat.state())).isPresent();
    return ended && threads(pid) < 2;
  }

  private static long threads(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.count();
    } catch (IOException _) {
      return 0;
    }
  }

  private static void endsSoon(CompletableFuture<ProcessHandle> exit) throws InterruptedException {
    try {
      var _ = exit.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // The caller looks again.
    } catch (ExecutionException e) {
      throw new IllegalStateException("onExit completes normally", e);
    }
  }
}
