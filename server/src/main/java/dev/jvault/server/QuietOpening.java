package dev.jvault.server;

import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a locked vault for a request of an SDK if that needs nobody: by the keyring, or by a
 * passphrase that the daemon was started with. Only an open vault tells which profiles have a
 * stored key, so this comes before a profile is resolved. It does not run the user's key command,
 * which may show a window. Safe for many threads.
 */
final class QuietOpening {
  private static final Logger LOG = LoggerFactory.getLogger(QuietOpening.class);

  private final Vault vault;
  private final Duration longest;
  private final AtomicReference<@Nullable CompletableFuture<Void>> running =
      new AtomicReference<>();

  /**
   * For one vault.
   *
   * @param longest how long a request waits for it; the opening goes on
   */
  QuietOpening(Vault vault, Duration longest) {
    this.vault = vault;
    this.longest = longest;
  }

  /** Opens it, or returns when the time is over. */
  void tryOpen() {
    if (vault.unlocked() || !vault.opensWithoutCommand()) {
      return;
    }
    var own = new CompletableFuture<Void>();
    CompletableFuture<Void> known = running.compareAndExchange(null, own);
    if (known == null) {
      Thread.ofVirtual().name("open-vault").start(() -> open(own));
    }
    var _ =
        (known == null ? own : known)
            .copy()
            .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }

  private void open(CompletableFuture<Void> done) {
    try {
      var _ = vault.unlockQuietly(System.getenv());
    } catch (JvaultException e) {
      LOG.info("event=vault_not_open reason=\"{}\"", e.logged());
    } finally {
      running.set(null);
      done.complete(null);
    }
  }
}
