package dev.jvault.credential;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How time is let pass. */
public interface Sleeper {
  /** By waiting; an interruption ends it. */
  Sleeper REAL =
      span -> {
        boolean _ = new CountDownLatch(1).await(span.toMillis(), TimeUnit.MILLISECONDS);
      };

  /** Returns when this span is over. */
  void last(Duration span) throws InterruptedException;
}
