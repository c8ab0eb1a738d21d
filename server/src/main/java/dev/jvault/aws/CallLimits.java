package dev.jvault.aws;

import java.time.Duration;

/**
 * How long a call to AWS may take.
 *
 * @param connect to establish a connection
 * @param silence without a byte before one attempt is given up
 * @param whole for all attempts together
 * @param attempts the first one and those that repeat it
 */
record CallLimits(Duration connect, Duration silence, Duration whole, int attempts) {
  static final CallLimits USUAL =
      new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 3);
}
