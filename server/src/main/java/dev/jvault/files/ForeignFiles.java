package dev.jvault.files;

import dev.jvault.files.FileUnusableException.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Files that a config, a variable or a user names, and that may therefore be anything: a pipe, a
 * device, a file on a network drive that hangs. Only regular files are read, and each look has a
 * time limit.
 *
 * <p>The system cannot be asked to give up, so a look that hangs keeps its thread until the system
 * answers. These are platform threads, because a call that hangs would also keep the carrier of a
 * virtual thread. There is one for each path, and few for all paths together; while one hangs,
 * other callers of its path fail at once. Safe for many threads.
 */
public final class ForeignFiles {
  /** The time for one look; a disk that sleeps needs some seconds. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int MOST_THREADS = 16;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Duration limit;
  private final RegularFile.Opener opener;
  private final Map<Path, PathQueue> queues = new ConcurrentHashMap<>();
  private final Semaphore free;
  private final ThreadPoolExecutor threads;

  /** Threads of its own, which are started when needed and end when idle. */
  public ForeignFiles() {
    this(LIMIT, MOST_THREADS, Files::newInputStream);
  }

  ForeignFiles(Duration limit, int mostThreads, RegularFile.Opener opener) {
    this.limit = limit;
    this.opener = opener;
    this.free = new Semaphore(mostThreads, true);
    // A thread that has just finished may not take work yet, hence one more than the semaphore.
    this.threads =
        new ThreadPoolExecutor(
            0,
            2 * mostThreads,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("files-", 0).factory());
  }

  /** Asks the system about a path, or changes what is there. */
  @FunctionalInterface
  public interface Look<T> {
    /** Blocks as long as the system does. */
    T at(Path path) throws IOException;
  }

  /**
   * The content of a file; links are followed.
   *
   * @param most the limit in bytes
   * @throws FileUnusableException if it is no regular file, is larger than the limit, or does not
   *     answer in time
   */
  public byte[] read(Path path, int most) throws IOException {
    return look(path, file -> RegularFile.content(file, most, opener));
  }

  /**
   * The result of a look at a path, which runs on a thread of this object.
   *
   * @throws FileUnusableException if there is none in time; the look goes on, and its result is
   *     lost
   * @throws InterruptedIOException if the caller is interrupted, with the thread's mark set
   */
  public <T> T look(Path path, Look<T> look) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    PathQueue queue = queues.compute(path, PathQueue::joined);
    var task = new FutureTask<>(() -> look.at(path));
    try {
      if (start(path, queue, task, deadline)) {
        return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException _) {
      queue.hangsIn(task);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while looking at " + path);
    }
    throw new FileUnusableException(path, Fault.NO_ANSWER);
  }

  /** Starts a look once it is its turn and a thread is free; false if that takes too long. */
  private boolean start(Path path, PathQueue queue, FutureTask<?> task, long deadline)
      throws InterruptedException {
    boolean turn = false;
    boolean started = false;
    try {
      turn = queue.await(deadline);
      started = turn && free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (started) {
        threads.execute(() -> run(path, queue, task));
      }
      return started;
    } finally {
      if (turn && !started) {
        queue.release();
      }
      if (!started) {
        leave(path);
      }
    }
  }

  private void run(Path path, PathQueue queue, FutureTask<?> task) {
    try {
      task.run();
    } finally {
      free.release();
      queue.release();
      leave(path);
    }
  }

  /** The failure of the look itself. */
  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException fault -> throw fault;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private void leave(Path path) {
    var _ = queues.computeIfPresent(path, (_, queue) -> queue.left());
  }
}
