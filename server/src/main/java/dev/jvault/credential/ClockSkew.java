package dev.jvault.credential;

import dev.jvault.clock.Clocks;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far this machine's clock is from AWS's, measured from the {@code Date} of every response. Up
 * to a minute is tolerated, for the usual error of a clock and the time that a response travels. A
 * measurement still holds after the wall clock has been set, because it is kept against the steady
 * clock. Safe for many threads.
 */
public final class ClockSkew {
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private final Clocks clocks;

  /**
   * AWS's time less the steady clock's, so that it holds when the wall clock is set; null first.
   */
  private volatile @Nullable Duration awsAheadOfSteady;

  /** No measurement yet. */
  public ClockSkew(Clocks clocks) {
    this.clocks = clocks;
  }

  /**
   * Takes one measurement.
   *
   * @param aws the time in a response that came just now
   */
  public void measured(Instant aws) {
    awsAheadOfSteady = Duration.between(clocks.steady(), aws);
  }

  /** How far this clock is ahead of AWS's; negative if it is behind, zero before any response. */
  public Duration ahead() {
    Duration measured = awsAheadOfSteady;
    return measured == null
        ? Duration.ZERO
        : Duration.between(clocks.steady().plus(measured), clocks.instant());
  }

  /** Whether the clock is off by more than a minute, so that the user should know. */
  public boolean large() {
    return large(ahead());
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
    Duration ahead = ahead();
    return large(ahead) && ahead.isNegative() ? endAtAws.plus(ahead) : endAtAws;
  }

  private static boolean large(Duration ahead) {
    return ahead.abs().compareTo(TOLERATED) > 0;
  }

  /** The skew in words, such as {@code 12 minutes behind AWS}. */
  @Override
  public String toString() {
    Duration ahead = ahead();
    long minutes = (ahead.abs().toSeconds() + 30) / 60;
    String length = minutes == 1 ? "1 minute" : minutes + " minutes";
    return length + (ahead.isNegative() ? " behind AWS" : " ahead of AWS");
  }
}
