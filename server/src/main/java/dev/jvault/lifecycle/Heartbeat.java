package dev.jvault.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a task when it is due, and at least every 20 seconds. The wait uses the monotonic clock and
 * the due time the wall clock, so that a suspend or a clock step is noticed within 20 seconds.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration SHORTEST = Duration.ofMillis(200);

  private final Supplier<Optional<Instant>> task;
  private final InstantSource clock;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Heartbeat(Supplier<Optional<Instant>> task, InstantSource clock) {
    this.task = task;
    this.clock = clock;
  }

  /** Starts the heartbeat. The task returns when it wants to be called next. */
  public static Heartbeat start(Supplier<Optional<Instant>> task, InstantSource clock) {
    var heartbeat = new Heartbeat(task, clock);
    Thread.ofVirtual().name("heartbeat").start(heartbeat::beat);
    return heartbeat;
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private void beat() {
    try {
      Instant before = clock.instant();
      while (!ended.await(once(before).toMillis(), TimeUnit.MILLISECONDS)) {
        before = clock.instant();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration once(Instant now) {
    try {
      return task.get().map(due -> until(due, now)).orElse(LONGEST);
    } catch (RuntimeException e) {
      LOG.error("event=heartbeat_failed", e);
      return LONGEST;
    }
  }

  private static Duration until(Instant due, Instant now) {
    if (due.isAfter(now.plus(LONGEST))) {
      return LONGEST;
    }
    Duration wait = Duration.between(now, due);
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }
}
