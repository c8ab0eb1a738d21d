package dev.jvault.server;

import dev.jvault.launch.ConfigCopies;
import dev.jvault.launch.ReadyFiles;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.Profiles;
import dev.jvault.session.Sessions;
import dev.jvault.vault.Vault;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Applies edits of the config files: forgets sessions that no profile leads to any more, removes
 * ready files that are out of date, and updates the copies that commands read. Grants stay, because
 * they are valid while their profile exists; otherwise their requests say that it does not.
 */
final class ConfigReloader {
  private final Profiles profiles;
  private final ConfigReader configReader;
  private final Sessions sessions;
  private final ReadyFiles readyFiles;
  private final ConfigCopies configCopies;
  private final Vault vault;
  private final ReentrantLock reloading = new ReentrantLock();

  ConfigReloader(
      Profiles profiles,
      ConfigReader configReader,
      Sessions sessions,
      ReadyFiles readyFiles,
      ConfigCopies configCopies,
      Vault vault) {
    this.configCopies = configCopies;
    this.profiles = profiles;
    this.configReader = configReader;
    this.sessions = sessions;
    this.readyFiles = readyFiles;
    this.vault = vault;
    profiles.whenEdited(() -> Thread.ofVirtual().name("reload").start(this::reload));
  }

  /** Checks all config files that are in use; returns when to check again, if that is soon. */
  Optional<Instant> reload() {
    reloading.lock();
    try {
      readyFiles.removeEdited();
      configCopies.refresh();
      // A locked vault cannot tell which profiles have a stored key.
      if (!vault.exists() || vault.unlocked()) {
        profiles.edits().ifPresent(sessions::leave);
      }
      return configReader.nextLook();
    } finally {
      reloading.unlock();
    }
  }
}
