package dev.jvault.files;

import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The callers who want to look at one path, one after the other. Safe for many threads, if callers
 * join and leave inside of the map's own lock.
 */
final class PathQueue {
  private final Semaphore turn = new Semaphore(1, true);
  private int callers;
  private volatile boolean hanging;

  /** The queue of a path with one caller more; a new one if there is none. */
  static PathQueue joined(Path path, @Nullable PathQueue known) {
    PathQueue queue = known == null ? new PathQueue() : known;
    queue.callers++;
    return queue;
  }

  /** The queue with one caller less; null once there is none. */
  @Nullable PathQueue left() {
    callers--;
    return callers == 0 ? null : this;
  }

  /**
   * Waits for the caller's turn.
   *
   * @param deadline by {@link System#nanoTime}
   * @return whether it has come; false at once while the look of another caller hangs
   */
  boolean await(long deadline) throws InterruptedException {
    return !hanging && turn.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Records that the present look has not ended in time, unless it ends just now. */
  void hangsIn(Future<?> look) {
    hanging = true;
    if (look.isDone()) {
      hanging = false;
    }
  }

  /** Ends the present look. */
  void release() {
    hanging = false;
    turn.release();
  }
}
