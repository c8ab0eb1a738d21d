package dev.jvault.aws;

import java.time.Duration;

/**
 * The time-outs of a call to AWS.
 *
 * @param connect for establishing a connection
 * @param read for one read: how long the server may stay silent
 * @param total for all attempts together
 * @param attempts how often to try, the first time included
 */
record CallLimits(Duration connect, Duration read, Duration total, int attempts) {
  static final CallLimits DEFAULT =
      new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 3);
}
