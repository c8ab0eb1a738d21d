package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.SessionFormat.Content;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of an open vault, and its logins to IAM Identity Center, answered from memory and
 * written through to {@code sessions.age}. They are disposable: a file that cannot be read is
 * replaced, and a write may be lost at a power failure, though not when the process dies. What has
 * expired is not found, and is dropped from the file with the next write. Safe for use by several
 * threads; every method throws a {@link JvaultException} with {@link ExitCode#VAULT} once the vault
 * is locked, and when the file cannot be written, in which case nothing has changed.
 */
public final class SessionVault {
  static final String FILE = "sessions.age";

  private static final Logger LOG = LoggerFactory.getLogger(SessionVault.class);

  private final VaultFolder folder;
  private final AgeIdentity identity;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable Content content;

  private SessionVault(
      VaultFolder folder, AgeIdentity identity, InstantSource clock, Content content) {
    this.folder = folder;
    this.identity = identity;
    this.clock = clock;
    this.content = content;
  }

  /** Reads the file, or begins with no sessions where it cannot be used. */
  static SessionVault open(VaultFolder folder, AgeIdentity identity, InstantSource clock) {
    return new SessionVault(folder, identity, clock, read(folder, identity));
  }

  private static Content read(VaultFolder folder, AgeIdentity identity) {
    Optional<byte[]> sealed = folder.read(FILE);
    if (sealed.isEmpty()) {
      return Content.NONE;
    }
    try {
      return SessionFormat.read(AgeEnvelope.open(sealed.get(), identity.reader()));
    } catch (UnreadableFileException e) {
      LOG.warn("event=sessions-replaced file={} reason=\"{}\"", folder.file(FILE), e.clause());
      return Content.NONE;
    }
  }

  /** The session of a key, if it has not expired. */
  public Optional<StoredSession> find(String sessionKey) {
    return Optional.ofNullable(held().sessions().get(sessionKey)).filter(this::lives);
  }

  /** All sessions that have not expired, by their key. */
  public Map<String, StoredSession> all() {
    return Collections.unmodifiableMap(living().sessions());
  }

  /** Keeps a session in place of any older one of the same key. */
  public void put(String sessionKey, StoredSession session) {
    writing.lock();
    try {
      Content after = living();
      after.sessions().put(sessionKey, session);
      folder.writeDisposable(FILE, seal(after));
      content = after;
    } finally {
      writing.unlock();
    }
  }

  /** A login, if anything of it is still of use. */
  public Optional<StoredLogin> findLogin(String loginKey) {
    return Optional.ofNullable(held().logins().get(loginKey)).filter(this::lives);
  }

  /**
   * Keeps a login in place of any older one of the same key, even at a power failure: a refresh
   * token that was used once is worth nothing any more.
   */
  public void putLogin(String loginKey, StoredLogin login) {
    writing.lock();
    try {
      Content after = living();
      after.logins().put(loginKey, login);
      folder.write(FILE, seal(after));
      content = after;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Forgets every session that the condition, asked with its key, holds for; for good, even at a
   * power failure.
   *
   * @return how many sessions were forgotten that had not expired
   */
  public int removeIf(BiPredicate<String, StoredSession> condition) {
    writing.lock();
    try {
      Content after = living();
      int living = after.sessions().size();
      after
          .sessions()
          .entrySet()
          .removeIf(entry -> condition.test(entry.getKey(), entry.getValue()));
      boolean none = after.sessions().isEmpty() && after.logins().isEmpty();
      if (after.sessions().size() < held().sessions().size() || (none && folder.has(FILE))) {
        folder.write(FILE, seal(after));
        content = after;
      }
      return living - after.sessions().size();
    } finally {
      writing.unlock();
    }
  }

  /** Forgets the content. */
  void lock() {
    content = null;
  }

  private byte[] seal(Content all) {
    return AgeEnvelope.seal(SessionFormat.write(all), identity.writer());
  }

  /** A copy without what has expired. */
  private Content living() {
    Map<String, StoredSession> sessions = new LinkedHashMap<>(held().sessions());
    sessions.values().removeIf(session -> !lives(session));
    Map<String, StoredLogin> logins = new LinkedHashMap<>(held().logins());
    logins.values().removeIf(login -> !lives(login));
    return new Content(sessions, logins);
  }

  private boolean lives(StoredSession session) {
    return clock.instant().isBefore(session.credentials().expiration());
  }

  private boolean lives(StoredLogin login) {
    return clock.instant().isBefore(login.end());
  }

  private Content held() {
    Content held = content;
    if (held == null) {
      throw Vault.locked();
    }
    return held;
  }
}
