package dev.jvault.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a grant's token, and of the one before it while that is still taken.
 *
 * @param hash of the token in the file
 * @param made when it was made
 * @param previous the latest one before it
 */
record GrantToken(TokenHash hash, Instant made, Optional<Retired> previous) {
  /** How long a token is handed out. */
  private static final Duration FRESH = Duration.ofDays(7);

  /** AWS CLI v2 reads its token once, so a command of a day and a half must be able to go on. */
  static final Duration GRACE = Duration.ofHours(36);

  /**
   * A token that is no longer in the file.
   *
   * @param until when it is no longer taken; {@link Instant#MAX} as long as the grant lives
   */
  record Retired(TokenHash hash, Instant until) {}

  /** A first token. */
  GrantToken(TokenHash hash, Instant made) {
    this(hash, made, Optional.empty());
  }

  /** Whether this is one of its tokens. All are compared, so that the time tells nothing. */
  boolean admits(TokenHash given, Instant now) {
    boolean admitted = hash.matches(given);
    if (previous.isPresent()) {
      admitted |= previous.get().hash().matches(given) && previous.get().until().isAfter(now);
    }
    return admitted;
  }

  /** Whether it is time for another one; a clock that was set back makes it so too. */
  boolean stale(Instant now) {
    return Duration.between(made, now).abs().compareTo(FRESH) > 0;
  }

  /** This token as the one before another. */
  Retired retired(Instant until) {
    return new Retired(hash, until);
  }

  /** The same without a previous one whose time is over, or ends too late because of a clock. */
  GrantToken at(Instant now) {
    Instant latest = now.plus(GRACE);
    return new GrantToken(
        hash,
        made,
        previous
            .filter(retired -> retired.until().isAfter(now))
            .map(retired ->
                retired.until().isAfter(latest) && !retired.until().equals(Instant.MAX)
                    ? new Retired(retired.hash(), latest)
                    : retired));
  }
}
