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
 * Draws the consequences of edits to the config files: sessions that no profile means any more
 * leave the memory, ready files that were made from what has changed are removed, and the copies
 * that commands read follow. Grants stay: they make sense while their profile's name exists, and
 * say so where it does not.
 */
final class ConfigReloader {
  private final Profiles profiles;
  private final ConfigReader configReader;
  private final Sessions sessions;
  private final ReadyFiles readyFiles;
  private final ConfigCopies configCopies;
  private final Vault vault;
  private final ReentrantLock looking = new ReentrantLock();

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
    profiles.whenEdited(() -> Thread.ofVirtual().name("edited").start(this::look));
  }

  /** Looks at all files that matter; says when to look again, if that is soon. */
  Optional<Instant> look() {
    looking.lock();
    try {
      readyFiles.removeEdited();
      configCopies.refresh();
      // While it is locked, nobody knows which profiles have a key of their name in it.
      if (!vault.exists() || vault.unlocked()) {
        profiles.edits().ifPresent(sessions::leave);
      }
      return configReader.nextLook();
    } finally {
      looking.unlock();
    }
  }
}
