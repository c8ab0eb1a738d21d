package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The encrypted store of long-lived keys and sessions: two age files, whose identity is kept where
 * the person chose. One process at a time has it open. Safe for use by several threads; {@link
 * #unlocked()}, {@link #keys()} and {@link #sessions()} never wait for one that unlocks. Whatever
 * is wrong with the vault is a {@link JvaultException} with {@link ExitCode#VAULT}.
 */
public final class Vault implements AutoCloseable {
  /** Its presence tells that a person has shut the vault. */
  private static final String SHUT = "shut";

  private final VaultFolder folder;
  private final Keyring keyring;
  private final IdentityStore keySource;
  private final InstantSource clock;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Content content;
  private volatile Runnable whenUnlocked = () -> {};
  private boolean released;

  /** A vault in a folder, which need not exist yet. */
  public Vault(Path directory, Keyring keyring, InstantSource clock) {
    this.folder = new VaultFolder(directory);
    this.keyring = keyring;
    this.keySource = new IdentityStore(folder, keyring);
    this.clock = clock;
  }

  /** A vault in a folder, which need not exist yet, with the operating system's keyring. */
  public static Vault open(Path directory, InstantSource clock) {
    return new Vault(directory, new OsKeyring(System.getProperty("os.name", "")), clock);
  }

  /** Whether it has been made, which is when a source of its key was chosen. */
  public boolean exists() {
    return folder.has(KeySourceFile.FILE);
  }

  /** Whether its content can be used. */
  public boolean unlocked() {
    return content != null;
  }

  /** Sets what runs after each unlock, on the thread that unlocks; it must not block. */
  public void whenUnlocked(Runnable listener) {
    whenUnlocked = listener;
  }

  /** Where its key is kept; empty before {@link #create}. */
  public Optional<KeySource> keySource() {
    return exists() ? KeySourceFile.read(folder).map(KeySourceFile::source) : Optional.empty();
  }

  /** Whether a keyring can be asked in the daemon's own session; disturbs nobody. */
  public boolean keyringAvailable() {
    return keyringAvailable(System.getenv());
  }

  /** Whether a keyring can be asked in the session of a caller; disturbs nobody. */
  public boolean keyringAvailable(Map<String, String> helperEnvironment) {
    return keyring.available(helperEnvironment);
  }

  /**
   * Makes an empty vault and opens it.
   *
   * @param passphrase for {@link KeySource#PASSPHRASE}
   * @param command for {@link KeySource#COMMAND}; it must print an age identity already
   * @param helperEnvironment the caller's helper variables
   */
  public void create(
      KeySource source,
      Optional<Secret> passphrase,
      Optional<String> command,
      Map<String, String> helperEnvironment) {
    opening.lock();
    try {
      refuseReleased();
      folder.prepare();
      VaultLock lock = VaultLock.take(folder);
      boolean done = false;
      try {
        refuseExisting();
        content = make(newNote(source, command), passphrase, helperEnvironment, lock);
        done = true;
        whenUnlocked.run();
      } finally {
        if (!done) {
          lock.close();
        }
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Opens the vault, which may wait for the person at the keyring or in the key command.
   *
   * @param passphrase what to try where the key is kept with a passphrase
   * @param helperEnvironment the caller's helper variables
   */
  public UnlockResult unlock(Optional<Secret> passphrase, Map<String, String> helperEnvironment) {
    opening.lock();
    try {
      if (unlocked()) {
        return UnlockResult.OPEN;
      }
      refuseReleased();
      if (!exists()) {
        throw new JvaultException(
            ExitCode.VAULT, "There is no vault yet; `jvault add NAME` creates one.");
      }
      folder.check();
      if (shut()) {
        return UnlockResult.SHUT;
      }
      KeySourceFile note = KeySourceFile.read(folder).orElseThrow(Vault::locked);
      Optional<Secret> given = passphrase.filter(secret -> !secret.isEmpty());
      if (note.source() == KeySource.PASSPHRASE && given.isEmpty()) {
        return UnlockResult.PASSPHRASE_NEEDED;
      }
      return keySource
          .fetch(note, given, helperEnvironment)
          .map(this::open)
          .orElse(UnlockResult.PASSPHRASE_WRONG);
    } finally {
      opening.unlock();
    }
  }

  /** Forgets the identity and the content, and lets other processes have the vault. */
  public void lock() {
    opening.lock();
    try {
      forget();
    } finally {
      opening.unlock();
    }
  }

  /**
   * Locks the vault until a person opens it, whoever else could, also over a restart; whatever it
   * has in memory is forgotten.
   *
   * @param withSessions whether the kept sessions are removed too
   */
  public void shut(boolean withSessions) {
    opening.lock();
    try {
      refuseReleased();
      // First, so that nobody opens it again.
      folder.write(SHUT, new byte[0]);
      forget();
      if (withSessions) {
        folder.delete(SessionVault.FILE);
      }
    } finally {
      opening.unlock();
    }
  }

  /** Whether {@link #unlock} refuses until a person has opened it. */
  public boolean shut() {
    return folder.has(SHUT);
  }

  /** A person opens what was shut; {@link #unlock} does the rest. */
  public void reopen() {
    if (shut()) {
      folder.delete(SHUT);
    }
  }

  /** Whether this passphrase opens a vault whose key is kept with one. */
  public boolean opensWith(Secret passphrase) {
    return KeySourceFile.read(folder)
        .flatMap(note -> keySource.fetch(note, Optional.of(passphrase), Map.of()))
        .isPresent();
  }

  /**
   * Lets another process have the vault for good, and goes on answering from what is in memory:
   * from now on, nothing can be unlocked or written here.
   */
  public void release() {
    opening.lock();
    try {
      released = true;
      folder.freeze();
      Content open = content;
      if (open != null) {
        open.lock.close();
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Whether the vault holds a key of that name. While the vault is locked its names are unknown, so
   * it may hold any.
   */
  public boolean mayHoldKey(String name) {
    return exists() && (!unlocked() || keys().find(name).isPresent());
  }

  /** The long-lived keys. */
  public KeyVault keys() {
    return content().keys;
  }

  /** The sessions that outlive the daemon. */
  public SessionVault sessions() {
    return content().sessions;
  }

  /** The age identity that decrypts both files without jvault. */
  public Secret recoveryIdentity() {
    return content().identity.encoded();
  }

  /** As {@link #lock}, but does not wait for a person who is asked to unlock just now. */
  @Override
  public void close() {
    if (opening.tryLock()) {
      try {
        forget();
      } finally {
        opening.unlock();
      }
    }
  }

  static JvaultException locked() {
    return new JvaultException(
        ExitCode.VAULT, "The vault is locked; run jvault list in a terminal to unlock it.");
  }

  static JvaultException released() {
    return new JvaultException(
        ExitCode.UNAVAILABLE, "Another jvault daemon is taking over; try again in a moment.");
  }

  private void refuseReleased() {
    if (released) {
      throw released();
    }
  }

  private Content make(
      KeySourceFile note,
      Optional<Secret> passphrase,
      Map<String, String> helperEnvironment,
      VaultLock lock) {
    AgeIdentity identity = keySource.create(note, passphrase, helperEnvironment);
    try {
      KeyVault keys = KeyVault.create(folder, identity, clock);
      note.write(folder);
      return new Content(identity, keys, SessionVault.open(folder, identity, clock), lock);
    } catch (JvaultException e) {
      undo(note, helperEnvironment, e);
      throw e;
    }
  }

  /** Takes back what a vault that could not be made has left, so that the next attempt may. */
  private void undo(
      KeySourceFile note, Map<String, String> helperEnvironment, JvaultException reason) {
    try {
      folder.delete(KeyVault.FILE);
      keySource.discard(note, helperEnvironment);
    } catch (JvaultException e) {
      reason.addSuppressed(e);
    }
  }

  private void forget() {
    Content closing = content;
    content = null;
    if (closing != null) {
      closing.keys.lock();
      closing.sessions.lock();
      closing.lock.close();
    }
  }

  private static KeySourceFile newNote(KeySource source, Optional<String> command) {
    byte[] vaultId = new byte[16];
    new SecureRandom().nextBytes(vaultId);
    return new KeySourceFile(
        source,
        HexFormat.of().formatHex(vaultId),
        command.map(String::strip).filter(_ -> source == KeySource.COMMAND));
  }

  private UnlockResult open(AgeIdentity identity) {
    VaultLock lock = VaultLock.take(folder);
    boolean done = false;
    try {
      folder.sweep();
      KeyVault keys = KeyVault.open(folder, identity, clock);
      content = new Content(identity, keys, SessionVault.open(folder, identity, clock), lock);
      done = true;
      whenUnlocked.run();
      return UnlockResult.OPEN;
    } finally {
      if (!done) {
        lock.close();
      }
    }
  }

  /** Keys without the note were perhaps put there by hand: they are never written over. */
  private void refuseExisting() {
    if (exists()) {
      throw new JvaultException(
          ExitCode.VAULT,
          "There is a vault already in %s; unlock it, or move it away."
              .formatted(folder.file(KeySourceFile.FILE).getParent()));
    }
    if (folder.has(KeyVault.FILE)) {
      throw new JvaultException(
          ExitCode.VAULT,
          "%s is there without the file %s that tells where its key is; put that back, or move both"
                  .formatted(folder.file(KeyVault.FILE), KeySourceFile.FILE)
              + " away.");
    }
  }

  private Content content() {
    Content open = content;
    if (open == null) {
      throw locked();
    }
    return open;
  }

  /** What an open vault holds. */
  private static final class Content {
    private final AgeIdentity identity;
    private final KeyVault keys;
    private final SessionVault sessions;
    private final VaultLock lock;

    Content(AgeIdentity identity, KeyVault keys, SessionVault sessions, VaultLock lock) {
      this.identity = identity;
      this.keys = keys;
      this.sessions = sessions;
      this.lock = lock;
    }
  }
}
