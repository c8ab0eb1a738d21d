package dev.jvault.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a daemon that nobody has used for a while, if its sockets stay open without it. A request
 * that arrives at that moment is answered by this daemon or, by the same socket, by the next one.
 * For the heartbeat's thread.
 */
public final class IdleEnd implements Supplier<Optional<Instant>> {
  private static final Logger LOG = LoggerFactory.getLogger(IdleEnd.class);

  /** What the end depends on. */
  public interface Use {
    /** How many requests there have been; another number means that there was one. */
    long requests();

    /** Whether something would be lost or missed if the daemon ended now. */
    boolean needed();

    /** Lets new connections wait in their sockets, or accepts them again. */
    void pause(boolean paused);
  }

  private final Use use;
  private final Duration longest;
  private final InstantSource steady;
  private final Runnable stop;
  private long counted;
  private Instant used;

  /**
   * An end that is not near.
   *
   * @param longest how long the daemon stays without use
   * @param steady the steady clock
   * @param stop begins the ordered end
   */
  public IdleEnd(Use use, Duration longest, InstantSource steady, Runnable stop) {
    this.use = use;
    this.longest = longest;
    this.steady = steady;
    this.stop = stop;
    this.used = steady.instant();
  }

  /** Ends the daemon if it is time; the heartbeat's own interval is short enough otherwise. */
  @Override
  public Optional<Instant> get() {
    Instant now = steady.instant();
    if (usedSince() || use.needed()) {
      used = now;
    } else if (!now.isBefore(used.plus(longest))) {
      endIfUnused();
    }
    return Optional.empty();
  }

  /** Looks again once no connection comes in any more. */
  private void endIfUnused() {
    use.pause(true);
    if (usedSince() || use.needed()) {
      use.pause(false);
      used = steady.instant();
      return;
    }
    LOG.info("event=idle_end");
    stop.run();
  }

  private boolean usedSince() {
    long requests = use.requests();
    boolean used = requests != counted;
    counted = requests;
    return used;
  }
}
