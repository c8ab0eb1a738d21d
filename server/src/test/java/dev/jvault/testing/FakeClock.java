package dev.jvault.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test advances it. It always starts at the same instant. */
public final class FakeClock implements InstantSource {
  private volatile Instant now = Instant.parse("2030-01-02T03:04:05Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration span) {
    now = now.plus(span);
  }
}
