package dev.jvault.vault;

import dev.jvault.secret.Secret;
import java.time.InstantSource;

/** What an unlocked vault holds in memory, with the lock that keeps other processes out. */
final class OpenVault implements AutoCloseable {
  private final AgeIdentity identity;
  private final KeySourceFile keySource;
  private final KeyVault keys;
  private final SessionVault sessions;
  private final VaultLock lock;

  OpenVault(
      AgeIdentity identity,
      KeySourceFile keySource,
      KeyVault keys,
      SessionVault sessions,
      VaultLock lock) {
    this.identity = identity;
    this.keySource = keySource;
    this.keys = keys;
    this.sessions = sessions;
    this.lock = lock;
  }

  /** Reads both files with the vault's identity, and removes what a killed process left behind. */
  static OpenVault read(
      VaultFolder folder, AgeIdentity identity, KeySourceFile keySource, InstantSource clock) {
    VaultLock lock = VaultLock.take(folder);
    boolean done = false;
    try {
      folder.sweep();
      KeyVault keys = KeyVault.open(folder, identity, clock);
      SessionVault sessions = SessionVault.open(folder, identity, clock);
      done = true;
      return new OpenVault(identity, keySource, keys, sessions, lock);
    } finally {
      if (!done) {
        lock.close();
      }
    }
  }

  /** What the vault was opened with. */
  KeySourceFile keySource() {
    return keySource;
  }

  KeyVault keys() {
    return keys;
  }

  SessionVault sessions() {
    return sessions;
  }

  /** The age identity that decrypts both files. */
  Secret recoveryIdentity() {
    return identity.encoded();
  }

  /** Lets another process open the vault, and goes on answering from memory. */
  void release() {
    lock.close();
  }

  /** Forgets the content, and lets another process open the vault. */
  @Override
  public void close() {
    keys.lock();
    sessions.lock();
    lock.close();
  }
}
