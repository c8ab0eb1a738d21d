package dev.jvault.sso;

import java.time.Duration;

/** A way to wait. */
@FunctionalInterface
interface Pause {
  void lasting(Duration span) throws InterruptedException;
}
