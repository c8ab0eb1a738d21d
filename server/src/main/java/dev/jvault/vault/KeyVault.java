package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The stored keys of an unlocked vault, read from memory and written through to {@code keys.age}.
 * {@code keys.age.bak} holds the version before the last write, without keys that were removed or
 * replaced: those are in no file. Thread-safe. Every method throws a {@link JvaultException} with
 * {@link ExitCode#VAULT} once the vault is locked, or if a file cannot be written; then nothing has
 * changed.
 */
public final class KeyVault {
  static final String FILE = "keys.age";
  static final String BACKUP = "keys.age.bak";

  private final VaultFolder folder;
  private final AgeIdentity identity;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable SortedMap<String, HeldKey> keys;

  private KeyVault(
      VaultFolder folder,
      AgeIdentity identity,
      InstantSource clock,
      SortedMap<String, HeldKey> keys) {
    this.folder = folder;
    this.identity = identity;
    this.clock = clock;
    this.keys = keys;
  }

  /** Writes the empty file of a new vault. */
  static KeyVault create(VaultFolder folder, AgeIdentity identity, InstantSource clock) {
    var vault = new KeyVault(folder, identity, clock, new TreeMap<>());
    vault.write(FILE, new TreeMap<>());
    return vault;
  }

  /** Reads the file. Unlike the sessions, unreadable keys are never replaced by an empty file. */
  static KeyVault open(VaultFolder folder, AgeIdentity identity, InstantSource clock) {
    byte[] sealed =
        folder
            .read(FILE)
            .orElseThrow(() -> trouble(folder, "is missing; put it back" + orBackup(folder)));
    folder.read(BACKUP); // Only to refuse one that other users can read.
    try {
      byte[] content = AgeEnvelope.open(sealed, identity.reader());
      return new KeyVault(folder, identity, clock, KeyFormat.read(content));
    } catch (UnreadableFileException e) {
      throw trouble(
          folder,
          switch (e.reason()) {
            case DAMAGED -> e.clause() + "; put a whole copy back" + orBackup(folder);
            case OTHER_KEY ->
                e.clause() + "; put the file and the identity back that belong together";
            case NEWER_FORMAT -> e.clause() + "; install a newer jvault";
          });
    }
  }

  /** The key with a name. */
  public Optional<AccessKey> find(String name) {
    return Optional.ofNullable(held().get(name)).map(HeldKey::key);
  }

  /** When the key with a name was stored, by this machine's clock. */
  public Optional<Instant> added(String name) {
    return Optional.ofNullable(held().get(name)).map(HeldKey::added);
  }

  /** All keys without their secrets, ordered by name. */
  public List<KeyInfo> list() {
    return held().entrySet().stream()
        .map(e ->
            new KeyInfo(
                e.getKey(),
                AccessKeyIds.shown(e.getValue().key().accessKeyId()),
                e.getValue().added()))
        .toList();
  }

  /** Stores a key under a name. Destroys the key that had the name before. */
  public void put(String name, AccessKey key) {
    writing.lock();
    try {
      SortedMap<String, HeldKey> before = held();
      SortedMap<String, HeldKey> after = new TreeMap<>(before);
      boolean replaced = after.put(name, new HeldKey(key, clock.instant())) != null;
      replace(replaced ? after : before, after);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Removes the key with a name from every file.
   *
   * @return whether the key existed
   */
  public boolean remove(String name) {
    writing.lock();
    try {
      SortedMap<String, HeldKey> after = new TreeMap<>(held());
      if (after.remove(name) == null) {
        return false;
      }
      replace(after, after);
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** Forgets the content. */
  void lock() {
    keys = null;
  }

  /** Writes the backup first, so that a removed key is in no file once the change is done. */
  private void replace(SortedMap<String, HeldKey> backup, SortedMap<String, HeldKey> current) {
    write(BACKUP, backup);
    write(FILE, current);
    keys = current;
  }

  private void write(String file, SortedMap<String, HeldKey> content) {
    folder.write(file, AgeEnvelope.seal(KeyFormat.write(content), identity.writer()));
  }

  private SortedMap<String, HeldKey> held() {
    SortedMap<String, HeldKey> held = keys;
    if (held == null) {
      throw Vault.locked();
    }
    return held;
  }

  private static String orBackup(VaultFolder folder) {
    return folder.has(BACKUP)
        ? " (the version before is %s)".formatted(folder.file(BACKUP))
        : " from a backup";
  }

  private static JvaultException trouble(VaultFolder folder, String clause) {
    return new JvaultException(ExitCode.VAULT, "%s %s.".formatted(folder.file(FILE), clause));
  }

  /** A key with its secret, and when it was stored. */
  record HeldKey(AccessKey key, Instant added) {}

  /**
   * What may be shown of a stored key.
   *
   * @param name the profile that the key was added for
   * @param added when the key was stored, by this machine's clock
   */
  public record KeyInfo(String name, String accessKeyId, Instant added) {}
}
