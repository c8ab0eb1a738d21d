package dev.jvault.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open resources, closed in reverse order. If one fails to close, or hangs, the others are closed
 * anyway.
 */
final class ResourceStack {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceStack.class);

  private final Duration limit;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /**
   * No resources yet.
   *
   * @param limit the time to close all of them
   */
  ResourceStack(Duration limit) {
    this.limit = limit;
  }

  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /**
   * Closes everything that is still open; returns whether anything was. Each resource gets at most
   * half of the time that is left, so that there is some for each of the others. One that needs
   * longer goes on closing while this returns.
   */
  synchronized boolean close() {
    boolean any = !opened.isEmpty();
    long deadline = System.nanoTime() + limit.toNanos();
    while (!opened.isEmpty()) {
      close(opened.pop(), Math.max(0, (deadline - System.nanoTime()) / 2));
    }
    return any;
  }

  /** On a platform thread, because what hangs may keep all carriers of virtual threads. */
  private static void close(AutoCloseable resource, long nanos) {
    var closed = new CountDownLatch(1);
    String what = resource.getClass().getSimpleName();
    Thread.ofPlatform()
        .daemon()
        .name("close-" + what)
        .start(() -> {
          try {
            resource.close();
          } catch (Exception e) {
            LOG.warn("event=close_failed what={}", what, e);
          } finally {
            closed.countDown();
          }
        });
    try {
      if (!closed.await(nanos, TimeUnit.NANOSECONDS)) {
        // The log may be what hangs.
        Thread.ofPlatform().daemon().start(() -> LOG.warn("event=close_hangs what={}", what));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
