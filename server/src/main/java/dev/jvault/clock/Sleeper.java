package dev.jvault.clock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a span of time; tests replace it. */
public interface Sleeper {
  /** Really waits. */
  Sleeper REAL =
      span -> {
        boolean _ = new CountDownLatch(1).await(span.toMillis(), TimeUnit.MILLISECONDS);
      };

  /**
   * Returns when this span is over.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void last(Duration span) throws InterruptedException;
}
