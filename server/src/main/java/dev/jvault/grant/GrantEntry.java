package dev.jvault.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A grant with its token and its use, which only this package sees.
 *
 * @param exposed when its token was replaced because others may have read the file
 * @param lastUse shared by all later entries of this grant
 * @param forCommands whether only commands of {@code exec} have got it, so that it ends if none of
 *     them uses it
 */
record GrantEntry(
    Grant grant,
    GrantToken token,
    Optional<Instant> exposed,
    LastUse lastUse,
    boolean forCommands) {
  /** The entry of a new grant. */
  GrantEntry(Grant grant, TokenHash hash) {
    this(grant, new GrantToken(hash, grant.made()), Optional.empty(), LastUse.never(), false);
  }

  GrantEntry with(Grant latest) {
    return new GrantEntry(latest, token, exposed, lastUse, forCommands);
  }

  GrantEntry with(GrantToken latest) {
    return new GrantEntry(grant, latest, exposed, lastUse, forCommands);
  }

  GrantEntry with(GrantToken latest, Optional<Instant> exposure) {
    return new GrantEntry(grant, latest, exposure, lastUse, forCommands);
  }

  GrantEntry withForCommands(boolean latest) {
    return new GrantEntry(grant, token, exposed, lastUse, latest);
  }

  /** When a grant was last used, to the second. Recorded at every request, without a lock. */
  static final class LastUse {
    private static final Duration WORTH_WRITING = Duration.ofHours(1);

    private volatile Instant latest;
    private volatile Instant written;

    private LastUse(Instant latest) {
      this.latest = latest;
      this.written = latest;
    }

    static LastUse never() {
      return new LastUse(Instant.MIN);
    }

    static LastUse of(Instant latest) {
      return new LastUse(latest);
    }

    void note(Instant now) {
      if (latest.getEpochSecond() != now.getEpochSecond()) {
        latest = now;
      }
    }

    Optional<Instant> get() {
      Instant use = latest;
      return use.equals(Instant.MIN) ? Optional.empty() : Optional.of(use);
    }

    /** Whether the time in the file is off by an hour or more. */
    boolean worthWriting() {
      Instant use = latest;
      return !use.equals(Instant.MIN)
          && (written.equals(Instant.MIN)
              || Duration.between(written, use).abs().compareTo(WORTH_WRITING) >= 0);
    }

    void written(Instant use) {
      written = use;
    }
  }
}
