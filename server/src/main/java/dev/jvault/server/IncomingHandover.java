package dev.jvault.server;

import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beginning of a daemon that takes another one's place, whose clients must notice nothing. */
final class IncomingHandover {
  private static final Logger LOG = LoggerFactory.getLogger(IncomingHandover.class);

  /** The client has the passphrase in its hand and gives it as soon as the daemon is ready. */
  private static final Duration PASSPHRASE = Duration.ofSeconds(10);

  /** As long as a request may wait for AWS: no SDK gives up before a second has passed. */
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final long predecessor;
  private final Vault vault;
  private final long opened;
  private final CountDownLatch alone = new CountDownLatch(1);

  private IncomingHandover(long predecessor, Vault vault) {
    this.predecessor = predecessor;
    this.vault = vault;
    this.opened = System.nanoTime();
  }

  /**
   * Opens the vault, where that takes no person, before the ports are open.
   *
   * @param predecessor the other one's process id
   */
  static IncomingHandover begin(long predecessor, Vault vault) {
    try {
      if (vault.exists()) {
        var _ = vault.unlock(Optional.empty(), System.getenv());
      }
    } catch (JvaultException e) {
      LOG.warn("event=vault_not_open reason=\"{}\"", e.sentence());
    }
    return new IncomingHandover(predecessor, vault);
  }

  /** Lets a request wait while the vault's passphrase is on its way. */
  void awaitVault() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (vault.exists()
        && !vault.unlocked()
        && System.nanoTime() < end
        && System.nanoTime() - opened < PASSPHRASE.toNanos()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Does something when the other daemon has ended, or should have. */
  void afterwards(Runnable action) {
    Thread.ofVirtual()
        .name("predecessor")
        .start(() -> {
          try {
            awaitEnd();
            action.run();
          } finally {
            alone.countDown();
          }
        });
  }

  /** Waits until that is done: three daemons on one port are not told apart by the kernel. */
  void awaitAlone() {
    try {
      alone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    Optional<ProcessHandle> other = ProcessHandle.of(predecessor);
    long end = System.nanoTime() + LONGEST_END.toNanos();
    while (other.map(ProcessHandle::isAlive).orElse(false) && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
