package dev.jvault.lifecycle;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a daemon whose place another one takes: it gives up what only one may have, goes on
 * answering, and stops by the signal of the client, who knows that the other one has all it needs;
 * without one, soon after the other one's control socket is there. It stops too where nobody comes
 * in 20 seconds, or the client that was to start one is gone for one: to take everything back would
 * be to read files anew that somebody else may have begun to write, for the sake of a daemon that
 * the next command starts anyway.
 */
public final class OutgoingHandover {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingHandover.class);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration WITHOUT_SIGNAL = Duration.ofSeconds(5);
  private static final Duration WITHOUT_CLIENT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Path controlSocket;
  private final Runnable stop;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * Nothing has begun yet.
   *
   * @param controlSocket the well-known name of the socket
   * @param stop begins the ordered end
   */
  public OutgoingHandover(Path controlSocket, Runnable stop) {
    this.controlSocket = controlSocket;
    this.stop = stop;
  }

  /** Whether it has begun: the control socket is not ours any more. */
  public boolean begun() {
    return begun.get();
  }

  /**
   * Begins.
   *
   * @param share shares the ports; first of all, because it alone may be refused by the system, and
   *     then this daemon stops with everything closed, as for any other end
   * @param giveUp what is given up, in this order; the control socket is among it
   * @param wanted whether the client that starts the other daemon is there
   * @return whether the ports are shared
   */
  public boolean begin(BooleanSupplier share, List<Runnable> giveUp, BooleanSupplier wanted) {
    if (!begun.compareAndSet(false, true)) {
      throw new JvaultException(
          ExitCode.DAEMON,
          ErrorCode.HANDOVER_IN_PROGRESS,
          "Another daemon is taking over already; try again in a moment.");
    }
    LOG.info("event=handing_over");
    if (!share.getAsBoolean()) {
      stop.run();
      return false;
    }
    try {
      giveUp.forEach(Runnable::run);
    } catch (RuntimeException e) {
      stop.run();
      throw e;
    }
    Thread.ofVirtual().name("handing-over").start(() -> awaitOther(wanted));
    return true;
  }

  private void awaitOther(BooleanSupplier wanted) {
    Duration left = LONGEST;
    while (left.isPositive()) {
      left = shortest(left, wanted).minus(PAUSE);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    LOG.info("event=handed_over other={}", Files.exists(controlSocket));
    stop.run();
  }

  private Duration shortest(Duration left, BooleanSupplier wanted) {
    if (!wanted.getAsBoolean() && left.compareTo(WITHOUT_CLIENT) > 0) {
      return WITHOUT_CLIENT;
    }
    return Files.exists(controlSocket) && left.compareTo(WITHOUT_SIGNAL) > 0
        ? WITHOUT_SIGNAL
        : left;
  }
}
