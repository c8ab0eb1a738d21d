package dev.jvault.credential;

import java.time.Duration;

/** How time is let pass. */
public interface Pause {
  /** Returns when this span is over. */
  void last(Duration span) throws InterruptedException;
}
