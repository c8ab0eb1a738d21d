package dev.jvault.server;

import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProcessState;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a daemon that takes another's place, without its clients noticing: requests wait
 * until the client has passed the vault's passphrase on, and the ports are shared until the
 * predecessor has ended.
 */
final class IncomingHandover {
  private static final Logger LOG = LoggerFactory.getLogger(IncomingHandover.class);

  /** The client holds the passphrase, and gives it as soon as this daemon answers. */
  private static final Duration PASSPHRASE = Duration.ofSeconds(10);

  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final Optional<Long> predecessor;
  private final Vault vault;
  private final Duration request;
  private final Duration passphrase;
  private final long begun = System.nanoTime();
  private final CountDownLatch unlocked = new CountDownLatch(1);
  private final CountDownLatch alone = new CountDownLatch(1);

  private IncomingHandover(
      Optional<Long> predecessor, Vault vault, Duration request, Duration passphrase) {
    this.predecessor = predecessor;
    this.vault = vault;
    this.request = request;
    this.passphrase = passphrase;
    vault.whenUnlocked(unlocked::countDown);
  }

  /**
   * Begins, before the ports are open: unlocks the vault if that needs no user.
   *
   * @param predecessor the process id of the daemon whose place is taken; empty at an ordinary
   *     start, which waits for nothing
   * @param request how long a request waits at most, so that its SDK does not give up
   */
  static IncomingHandover begin(Optional<Long> predecessor, Vault vault, Duration request) {
    return begin(predecessor, vault, request, PASSPHRASE);
  }

  /**
   * As above, with another limit.
   *
   * @param passphrase how long after the start a request still waits
   */
  static IncomingHandover begin(
      Optional<Long> predecessor, Vault vault, Duration request, Duration passphrase) {
    if (predecessor.isPresent() && vault.exists()) {
      try {
        var _ = vault.unlock(Optional.empty(), System.getenv());
      } catch (JvaultException e) {
        LOG.warn("event=vault_not_open reason=\"{}\"", e.logged());
      }
    }
    return new IncomingHandover(predecessor, vault, request, passphrase);
  }

  /** Lets a request wait while the vault's passphrase is on its way. */
  void awaitVault() {
    if (predecessor.isEmpty()) {
      return;
    }
    long left = Math.min(request.toNanos(), begun + passphrase.toNanos() - System.nanoTime());
    if (left > 0 && !vault.unlocked() && vault.exists()) {
      await(unlocked, left);
    }
  }

  /** Runs an action once the predecessor has ended, or should have; never at an ordinary start. */
  void whenAlone(Runnable action) {
    if (predecessor.isEmpty()) {
      alone.countDown();
      return;
    }
    Thread.ofVirtual()
        .name("predecessor")
        .start(() -> {
          try {
            predecessor.ifPresent(IncomingHandover::awaitEnd);
            action.run();
          } finally {
            alone.countDown();
          }
        });
  }

  /** Waits until that is done: the kernel cannot tell three daemons on one port apart. */
  void awaitAlone() {
    await(alone, Long.MAX_VALUE);
  }

  private static void awaitEnd(long predecessor) {
    try {
      if (!ProcessState.awaitEnd(predecessor, LONGEST_END)) {
        LOG.warn("event=predecessor_lives pid={}", predecessor);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch event, long nanos) {
    try {
      boolean _ = event.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
