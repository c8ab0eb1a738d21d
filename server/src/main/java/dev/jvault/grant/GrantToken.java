package dev.jvault.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The hash of a grant's token, and of the token before it while that is still valid.
 *
 * @param hash of the token in the file
 * @param made when it was made
 * @param previous the token before it, if it is still valid
 */
record GrantToken(TokenHash hash, Instant made, Optional<Retired> previous) {
  /** After this time a token is replaced. */
  private static final Duration FRESH = Duration.ofDays(7);

  /** AWS CLI v2 reads its token once, and a command may run for a day and a half. */
  static final Duration GRACE = Duration.ofHours(36);

  /**
   * A token that is no longer in the file.
   *
   * @param until the end of its validity; {@link Instant#MAX} if it is valid as long as the grant
   */
  record Retired(TokenHash hash, Instant until) {}

  /** The first token of a grant. */
  GrantToken(TokenHash hash, Instant made) {
    this(hash, made, Optional.empty());
  }

  /** Whether this token is valid. Compares all, so that the time taken reveals nothing. */
  boolean admits(TokenHash given, Instant now) {
    boolean admitted = hash.matches(given);
    if (previous.isPresent()) {
      admitted |= previous.get().hash().matches(given) && previous.get().until().isAfter(now);
    }
    return admitted;
  }

  /** Whether the token is due for replacement, as it also is after the clock was set back. */
  boolean stale(Instant now) {
    return Duration.between(made, now).abs().compareTo(FRESH) > 0;
  }

  /** This token as the previous one of its successor. */
  Retired retired(Instant until) {
    return new Retired(hash, until);
  }

  /** The same, without a previous token that has expired; a clock error extends no validity. */
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
