package dev.jvault.server;

import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beginning of a daemon that takes another one's place, whose clients must notice nothing. */
final class Successor {
  private static final Logger LOG = LoggerFactory.getLogger(Successor.class);

  /** The client has the passphrase in its hand and gives it as soon as the daemon is ready. */
  private static final Duration PASSPHRASE = Duration.ofSeconds(10);

  /** As long as a request may wait for AWS: no SDK gives up before a second has passed. */
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration PREDECESSOR = Duration.ofSeconds(30);

  private final Vault vault;
  private final long opened;

  private Successor(Vault vault) {
    this.vault = vault;
    this.opened = System.nanoTime();
  }

  /** Opens the vault, where that takes no person, before the ports are open. */
  static Successor begin(Vault vault) {
    try {
      if (vault.exists()) {
        var _ = vault.unlock(Optional.empty(), System.getenv());
      }
    } catch (JvaultException e) {
      LOG.warn("event=vault_not_open reason=\"{}\"", e.sentence());
    }
    return new Successor(vault);
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
  static void afterEnd(long pid, Runnable action) {
    Thread.ofVirtual()
        .name("predecessor")
        .start(() -> {
          awaitEnd(pid);
          action.run();
        });
  }

  private static void awaitEnd(long pid) {
    Optional<ProcessHandle> predecessor = ProcessHandle.of(pid);
    long end = System.nanoTime() + PREDECESSOR.toNanos();
    while (predecessor.map(ProcessHandle::isAlive).orElse(false) && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
