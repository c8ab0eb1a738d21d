package dev.jvault.credential;

import java.time.Duration;
import java.time.Instant;

/**
 * How far this machine's clock is from AWS's, measured from the {@code Date} of every answer. Up to
 * a minute is taken for the clock's usual error and the time that an answer travels.
 */
public final class ClockSkew {
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private volatile Duration ahead = Duration.ZERO;

  /**
   * Takes one measurement.
   *
   * @param here this machine's time when the answer came
   * @param aws the time that the answer names
   */
  public void measured(Instant here, Instant aws) {
    ahead = Duration.between(aws, here);
  }

  /** How far this clock is ahead of AWS's; negative where it is behind, zero before any answer. */
  public Duration ahead() {
    return ahead;
  }

  /** Whether the clock is off by more than a minute, so that a person should hear of it. */
  public boolean large() {
    return ahead.abs().compareTo(TOLERATED) > 0;
  }

  /**
   * When credentials end by this machine's clock, by which every SDK on it judges them.
   *
   * <p>A clock that is behind would keep them past their end, so the end moves earlier. A clock
   * that is ahead would allow a later end, but only until somebody sets it right, and then dead
   * credentials would be served: so there the end stays as AWS named it, and the session is merely
   * shorter. What is handed out is never later than AWS's own expiration.
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
