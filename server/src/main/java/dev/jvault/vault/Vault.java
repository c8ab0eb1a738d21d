package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encrypted store of stored keys, sessions and SSO logins: two age files, whose identity is
 * kept where the user chose. Only one process at a time can have it open. Thread-safe; {@link
 * #unlocked()}, {@link #keys()} and {@link #sessions()} never wait for a thread that unlocks the
 * vault. Every problem with the vault is a {@link JvaultException} with {@link ExitCode#VAULT}.
 */
public final class Vault implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

  /** How long a thread that may ask nobody waits for one that opens the vault, which is quick. */
  private static final Duration OTHER_OPENING = Duration.ofMillis(700);

  /** An empty file; while it exists, the vault is locked by the user. */
  private static final String LOCKED_BY_USER = "shut";

  private final VaultFolder folder;
  private final Keyring keyring;
  private final IdentityStore identities;
  private final InstantSource clock;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable OpenVault opened;
  private final List<Runnable> whenUnlocked = new CopyOnWriteArrayList<>();
  private volatile @Nullable Supplier<Optional<Secret>> standingPassphrase;
  private boolean released;

  /** A vault in a folder, which need not exist yet. */
  public Vault(Path directory, Keyring keyring, InstantSource clock) {
    this.folder = new VaultFolder(directory);
    this.keyring = keyring;
    this.identities = new IdentityStore(folder, keyring);
    this.clock = clock;
  }

  /** A vault in a folder, which need not exist yet, with the operating system's keyring. */
  public static Vault open(Path directory, InstantSource clock) {
    return new Vault(directory, new OsKeyring(System.getProperty("os.name", "")), clock);
  }

  /**
   * Whether the vault has been created, even if one of its files is missing by now, or its folder
   * cannot be entered.
   */
  public boolean exists() {
    return folder.blocked()
        || folder.has(KeySourceFile.FILE)
        || folder.has(KeyVault.FILE)
        || folder.has(KeyVault.BACKUP);
  }

  /** Whether the content can be used. */
  public boolean unlocked() {
    return opened != null;
  }

  /** Adds what runs after each unlock, on the thread that unlocks; it must not block. */
  public void whenUnlocked(Runnable listener) {
    whenUnlocked.add(listener);
  }

  /**
   * Sets where to look for a passphrase if a caller gives none. It is not asked again after it gave
   * a wrong one, because each try is expensive.
   */
  public void standingPassphrase(Supplier<Optional<Secret>> passphrase) {
    standingPassphrase = passphrase;
  }

  /** Whether a passphrase opens the vault that no caller has to give. */
  public boolean opensByItself() {
    return standingPassphrase != null && needsPassphrase();
  }

  /** Where the vault's identity is kept; empty before {@link #create}. */
  public Optional<KeySource> keySource() {
    return exists() ? Optional.of(keySourceFile().source()) : Optional.empty();
  }

  /**
   * Writes the key source file again if it was removed beside the keys of an open vault: nothing
   * else says where the identity is kept. Does nothing while another thread opens the vault.
   */
  public void restoreKeySource() {
    if (opening.tryLock()) {
      try {
        OpenVault current = opened;
        if (current != null && !released) {
          current.keySource().restore(folder);
        }
      } finally {
        opening.unlock();
      }
    }
  }

  /** Whether it takes a passphrase to open the vault; false too if that cannot be known. */
  public boolean needsPassphrase() {
    return keptBy(KeySource.PASSPHRASE);
  }

  /** Whether the daemon's own session has a keyring; never prompts. */
  public boolean keyringAvailable() {
    return keyringAvailable(System.getenv());
  }

  /** Whether a caller's session has a keyring; never prompts. */
  public boolean keyringAvailable(Map<String, String> helperEnvironment) {
    return keyring.available(helperEnvironment);
  }

  /** The state of the keyring of a caller's session; never prompts. */
  public KeyringState keyringState(Map<String, String> helperEnvironment) {
    return keyring.state(helperEnvironment);
  }

  /**
   * Creates an empty vault and opens it.
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
      if (!exists()) {
        // The user has removed the files of an open vault.
        forget();
      }
      opened =
          new VaultCreator(folder, identities, clock)
              .create(source, passphrase, command, helperEnvironment);
      whenUnlocked.forEach(Runnable::run);
    } finally {
      opening.unlock();
    }
  }

  /**
   * Opens the vault. May wait while the keyring or the key command asks the user.
   *
   * @param passphrase what to try if a passphrase protects the identity
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
      if (lockedByUser()) {
        return UnlockResult.LOCKED_BY_USER;
      }
      KeySourceFile keySource = keySourceFile();
      Optional<Secret> given = passphrase.filter(secret -> !secret.isEmpty());
      if (keySource.source() == KeySource.PASSPHRASE && given.isEmpty()) {
        return openWithStandingPassphrase(keySource);
      }
      return identities
          .fetch(keySource, given, helperEnvironment)
          .map(identity -> open(identity, keySource))
          .orElse(UnlockResult.PASSPHRASE_WRONG);
    } finally {
      opening.unlock();
    }
  }

  /**
   * Opens the vault if no user has to be asked: unlike {@link #unlock}, it shows no window of a
   * locked keyring, and does not wait for a thread whose window is open. A key command does run.
   *
   * @param helperEnvironment the caller's helper variables
   */
  public UnlockResult unlockQuietly(Map<String, String> helperEnvironment) {
    if (!usesKeyring()) {
      return unlock(Optional.empty(), helperEnvironment);
    }
    try {
      if (!opening.tryLock(OTHER_OPENING.toMillis(), TimeUnit.MILLISECONDS)) {
        return UnlockResult.KEYRING_LOCKED;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return UnlockResult.KEYRING_LOCKED;
    }
    try {
      return !unlocked()
              && !lockedByUser()
              && !released
              && keyring.state(helperEnvironment) == KeyringState.LOCKED
          ? UnlockResult.KEYRING_LOCKED
          : unlock(Optional.empty(), helperEnvironment);
    } finally {
      opening.unlock();
    }
  }

  /** Whether the vault's key is in the keyring; false if that cannot be known. */
  public boolean usesKeyring() {
    return keptBy(KeySource.KEYRING);
  }

  /** Whether a command prints the vault's key; false if that cannot be known. */
  public boolean usesCommand() {
    return keptBy(KeySource.COMMAND);
  }

  /**
   * Whether the vault opens by the keyring, or by a passphrase that no caller has to give, and so
   * runs no command of the user. The keyring may be locked.
   */
  public boolean opensWithoutCommand() {
    return usesKeyring() || opensByItself();
  }

  private boolean keptBy(KeySource source) {
    try {
      return keySource().equals(Optional.of(source));
    } catch (JvaultException e) {
      // The attempt to unlock says what is wrong.
      return false;
    }
  }

  /** Forgets the identity and the content, and lets another process open the vault. */
  public void lock() {
    opening.lock();
    try {
      restoreKeySource();
      forget();
    } finally {
      opening.unlock();
    }
  }

  /**
   * Locks the vault until the user unlocks it, even across restarts: until {@link #endUserLock}, no
   * call of {@link #unlock} opens it.
   *
   * @param withSessions whether to remove the stored sessions too
   */
  public void lockByUser(boolean withSessions) {
    opening.lock();
    try {
      refuseReleased();
      // First, so that no other process opens the vault in between.
      folder.write(LOCKED_BY_USER, new byte[0]);
      restoreKeySource();
      forget();
      if (withSessions) {
        folder.delete(SessionVault.FILE);
        folder.deleteFile(SessionVault.ASIDE);
      }
    } finally {
      opening.unlock();
    }
  }

  /** Whether the user locked the vault and has not unlocked it since. */
  public boolean lockedByUser() {
    return folder.has(LOCKED_BY_USER);
  }

  /** Ends the user's lock, because the user unlocks the vault; {@link #unlock} opens it. */
  public void endUserLock() {
    if (lockedByUser()) {
      folder.delete(LOCKED_BY_USER);
    }
  }

  /** Whether this passphrase opens a vault that a passphrase protects. */
  public boolean opensWith(Secret passphrase) {
    return identities.fetch(keySourceFile(), Optional.of(passphrase), Map.of()).isPresent();
  }

  /**
   * Hands the vault over to another process for good. Goes on answering from memory, but can
   * neither unlock the vault nor write to it any longer.
   */
  public void release() {
    opening.lock();
    try {
      released = true;
      folder.freeze();
      OpenVault current = opened;
      if (current != null) {
        current.release();
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Whether the vault may hold a key of that name. A locked vault may hold any, because its names
   * are encrypted too.
   */
  public boolean mayHoldKey(String name) {
    return exists() && (!unlocked() || keys().find(name).isPresent());
  }

  /** The stored keys. */
  public KeyVault keys() {
    return opened().keys();
  }

  /** The sessions and SSO logins that outlive the daemon. */
  public SessionVault sessions() {
    return opened().sessions();
  }

  /** The age identity that decrypts both files without jvault. */
  public Secret recoveryIdentity() {
    return opened().recoveryIdentity();
  }

  /** Does what {@link #lock} does, but does not wait for a thread that unlocks the vault. */
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
        ExitCode.VAULT, "The vault is locked; run `jvault list` in a terminal to unlock it.");
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

  private UnlockResult openWithStandingPassphrase(KeySourceFile keySource) {
    Supplier<Optional<Secret>> standing = standingPassphrase;
    Optional<Secret> passphrase = standing == null ? Optional.empty() : standing.get();
    if (passphrase.isEmpty()) {
      return UnlockResult.PASSPHRASE_NEEDED;
    }
    Optional<AgeIdentity> identity = identities.fetch(keySource, passphrase, Map.of());
    if (identity.isEmpty()) {
      LOG.warn("event=standing_passphrase_wrong");
      standingPassphrase = null;
      return UnlockResult.PASSPHRASE_NEEDED;
    }
    return open(identity.get(), keySource);
  }

  private UnlockResult open(AgeIdentity identity, KeySourceFile keySource) {
    opened = OpenVault.read(folder, identity, keySource, clock);
    keySource.restore(folder);
    whenUnlocked.forEach(Runnable::run);
    return UnlockResult.OPEN;
  }

  private void forget() {
    OpenVault closing = opened;
    opened = null;
    if (closing != null) {
      closing.close();
    }
  }

  /** What an open vault was opened with, or else the file. */
  private KeySourceFile keySourceFile() {
    OpenVault current = opened;
    return current != null ? current.keySource() : KeySourceFile.of(folder);
  }

  private OpenVault opened() {
    OpenVault current = opened;
    if (current == null) {
      throw locked();
    }
    return current;
  }
}
