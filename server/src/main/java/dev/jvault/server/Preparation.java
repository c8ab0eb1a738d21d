package dev.jvault.server;

import dev.jvault.served.ServedProfiles;
import dev.jvault.vault.Vault;
import java.util.List;

/**
 * Makes the served profiles ready when the daemon starts and whenever the vault is opened, and
 * notices when one has lost its session. It asks nobody. It does not run the user's key command
 * either, which may show a window: the first request does.
 */
final class Preparation {
  private final ServedProfiles served;
  private final Vault vault;
  private volatile boolean running;

  Preparation(ServedProfiles served, Vault vault) {
    this.served = served;
    this.vault = vault;
  }

  /** Begins, on a thread of its own. */
  void begin() {
    vault.whenUnlocked(this::start);
    if (mayLook() && !served.names().isEmpty()) {
      running = true;
      start();
    }
  }

  /** Looks at the profiles whose state is not known; runs at each heartbeat. */
  void review() {
    if (mayLook()) {
      served.review();
    }
  }

  private void start() {
    Thread.ofVirtual()
        .name("prepare")
        .start(() -> {
          try {
            List<String> _ = served.prepare();
          } finally {
            running = false;
          }
        });
  }

  /** Whether the served profiles are being made ready for the first time. */
  boolean running() {
    return running;
  }

  /** Whether a look at the profiles runs no key command. */
  private boolean mayLook() {
    return vault.unlocked() || !vault.exists() || vault.usesKeyring() || vault.needsPassphrase();
  }
}
