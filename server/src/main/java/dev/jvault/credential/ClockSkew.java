package dev.jvault.credential;

import java.time.Duration;
import java.time.Instant;

/**
 * How far this machine's clock is from AWS's, measured from the {@code Date} of every response. Up
 * to a minute is tolerated, for the usual error of a clock and the time that a response travels.
 * Safe for many threads.
 */
public final class ClockSkew {
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private volatile Duration ahead = Duration.ZERO;

  /**
   * Takes one measurement.
   *
   * @param here this machine's time when the response came
   * @param aws the time in the response
   */
  public void measured(Instant here, Instant aws) {
    ahead = Duration.between(aws, here);
  }

  /** How far this clock is ahead of AWS's; negative if it is behind, zero before any response. */
  public Duration ahead() {
    return ahead;
  }

  /** Whether the clock is off by more than a minute, so that the user should know. */
  public boolean large() {
    return ahead.abs().compareTo(TOLERATED) > 0;
  }

  /**
   * When credentials end by this machine's clock, by which every SDK on it judges them.
   *
   * <p>A clock that is behind would keep them past their end, so the end moves earlier. A clock
   * that is ahead would allow a later end, but once it is corrected, expired credentials would be
   * served. So in that case the end stays as AWS named it, and the session is merely shorter. The
   * result is never later than AWS's own expiration.
   */
  public Instant endHere(Instant endAtAws) {
    return large() && ahead.isNegative() ? endAtAws.plus(ahead) : endAtAws;
  }

  /** The skew in words, such as {@code 12 minutes behind AWS}. */
  @Override
  public String toString() {
    long minutes = (ahead.abs().toSeconds() + 30) / 60;
    String length = minutes == 1 ? "1 minute" : minutes + " minutes";
    return length + (ahead.isNegative() ? " behind AWS" : " ahead of AWS");
  }
}
