package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.vault.KeyContent.HeldKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
  private volatile @Nullable KeyContent content;

  private KeyVault(
      VaultFolder folder, AgeIdentity identity, InstantSource clock, KeyContent content) {
    this.folder = folder;
    this.identity = identity;
    this.clock = clock;
    this.content = content;
  }

  /** Writes the empty file of a new vault. */
  static KeyVault create(VaultFolder folder, AgeIdentity identity, InstantSource clock) {
    var vault = new KeyVault(folder, identity, clock, KeyContent.EMPTY);
    vault.write(FILE, KeyContent.EMPTY);
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
      byte[] opened = AgeEnvelope.open(sealed, identity.reader());
      return new KeyVault(folder, identity, clock, KeyFormat.read(opened));
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
    return Optional.ofNullable(held().keys().get(name)).map(HeldKey::key);
  }

  /** When the key with a name was stored, by this machine's clock. */
  public Optional<Instant> added(String name) {
    return Optional.ofNullable(held().keys().get(name)).map(HeldKey::added);
  }

  /** All keys without their secrets, ordered by name. */
  public List<KeyInfo> list() {
    return held().keys().entrySet().stream()
        .map(e ->
            new KeyInfo(
                e.getKey(),
                AccessKeyIds.shown(e.getValue().key().accessKeyId()),
                e.getValue().added(),
                e.getValue().created()))
        .toList();
  }

  /** The names under which the key with this ID is stored, in order. */
  public List<String> names(String accessKeyId) {
    return held().keys().entrySet().stream()
        .filter(one -> one.getValue().key().accessKeyId().equals(accessKeyId))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The rotation of the key that has a name; empty if none has begun or it has ended. */
  public Optional<PendingRotation> rotation(String name) {
    KeyContent held = held();
    return Optional.ofNullable(held.keys().get(name))
        .map(one -> one.key().accessKeyId())
        .flatMap(
            id -> held.rotations().stream().filter(one -> one.idInUse().equals(id)).findFirst());
  }

  /** Stores a key under a name. Destroys the key that had the name before. */
  public void put(String name, AccessKey key) {
    put(name, key, Optional.empty());
  }

  /**
   * The same, for a key whose age is known.
   *
   * @param created when AWS made it
   */
  public void put(String name, AccessKey key, Optional<Instant> created) {
    change(before -> {
      KeyContent after = before.with(name, new HeldKey(key, clock.instant(), created));
      return new Change(before.keys().containsKey(name) ? after : before, after);
    });
  }

  /**
   * Removes the key with a name from every file.
   *
   * @return whether the key existed
   */
  public boolean remove(String name) {
    boolean held = held().keys().containsKey(name);
    if (held) {
      change(before -> Change.everywhere(before.without(name)));
    }
    return held;
  }

  /** Writes down how far a rotation has come. The key in use stays as it is. */
  public void note(PendingRotation rotation) {
    change(before -> Change.everywhere(before.with(rotation)));
  }

  /**
   * Puts a rotation's new key in place of the old one, under all its names and in every file, and
   * writes down the rotation's next step, all at once.
   */
  public void promote(PendingRotation rotation) {
    change(before -> Change.everywhere(before.promoted(rotation, clock.instant())));
  }

  /** Forgets the rotation of a key, because it has ended. */
  public void endRotation(PendingRotation rotation) {
    change(before -> Change.everywhere(before.withoutRotation(rotation.oldId())));
  }

  /** Forgets the content. */
  void lock() {
    content = null;
  }

  /** Writes the backup first, so that a removed key is in no file once the change is done. */
  private void change(Function<KeyContent, Change> edit) {
    writing.lock();
    try {
      Change change = edit.apply(held());
      write(BACKUP, change.backup());
      write(FILE, change.current());
      content = change.current();
    } finally {
      writing.unlock();
    }
  }

  private void write(String file, KeyContent written) {
    folder.write(file, AgeEnvelope.seal(KeyFormat.write(written), identity.writer()));
  }

  private KeyContent held() {
    KeyContent held = content;
    if (held == null) {
      throw Vault.locked();
    }
    return held;
  }

  /** The next content of both files. */
  private record Change(KeyContent backup, KeyContent current) {
    static Change everywhere(KeyContent content) {
      return new Change(content, content);
    }
  }

  private static String orBackup(VaultFolder folder) {
    return folder.has(BACKUP)
        ? " (the version before is %s)".formatted(folder.file(BACKUP))
        : " from a backup";
  }

  private static JvaultException trouble(VaultFolder folder, String clause) {
    return new JvaultException(ExitCode.VAULT, "%s %s.".formatted(folder.file(FILE), clause));
  }

  /**
   * What may be shown of a stored key.
   *
   * @param name the profile that the key was added for
   * @param added when the key was stored, by this machine's clock
   * @param created when AWS made the key, if that is known
   */
  public record KeyInfo(String name, String accessKeyId, Instant added, Optional<Instant> created) {
    /** When AWS made the key, or else when it was stored: the key is at least that old. */
    public Instant since() {
      return created.orElse(added);
    }
  }
}
