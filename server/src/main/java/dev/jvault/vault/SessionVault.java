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
 * The sessions and SSO logins of an unlocked vault, read from memory and written through to {@code
 * sessions.age}. They are disposable: a file that cannot be used is set aside, and a power failure
 * may undo a write of a session, but the end of the process does not. Expired entries are not
 * returned, and the next write drops them. Thread-safe. Every method throws a {@link
 * JvaultException} with {@link ExitCode#VAULT} once the vault is locked, or if the file cannot be
 * written; then nothing has changed.
 */
public final class SessionVault {
  static final String FILE = "sessions.age";

  /** What a file becomes that cannot be used; the next one replaces it. */
  static final String ASIDE = "sessions.age.bad";

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

  /** Reads the file, or starts without sessions if it cannot be used. */
  static SessionVault open(VaultFolder folder, AgeIdentity identity, InstantSource clock) {
    return new SessionVault(folder, identity, clock, read(folder, identity));
  }

  /** Nothing that is wrong with this file keeps the vault closed. */
  private static Content read(VaultFolder folder, AgeIdentity identity) {
    try {
      Optional<byte[]> sealed = folder.read(FILE);
      return sealed.isEmpty()
          ? Content.NONE
          : SessionFormat.read(AgeEnvelope.open(sealed.get(), identity.reader()));
    } catch (UnreadableFileException e) {
      setAside(folder, folder.file(FILE) + " " + e.clause());
    } catch (JvaultException e) {
      setAside(folder, e.sentence());
    }
    return Content.NONE;
  }

  private static void setAside(VaultFolder folder, String reason) {
    try {
      folder.move(FILE, ASIDE);
      LOG.warn("event=sessions_set_aside file={} reason=\"{}\"", folder.file(ASIDE), reason);
    } catch (JvaultException e) {
      LOG.warn("event=sessions_not_set_aside reason=\"{}\" trouble=\"{}\"", reason, e.logged());
    }
  }

  /** The session with a key, if it has not expired. */
  public Optional<StoredSession> find(String sessionKey) {
    return Optional.ofNullable(held().sessions().get(sessionKey)).filter(this::lives);
  }

  /** All sessions that have not expired, by their key. */
  public Map<String, StoredSession> all() {
    return Collections.unmodifiableMap(living().sessions());
  }

  /** Stores a session in place of an older one with the same key. */
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

  /** A login, unless both its token and its client have expired. */
  public Optional<StoredLogin> findLogin(String loginKey) {
    return Optional.ofNullable(held().logins().get(loginKey)).filter(this::lives);
  }

  /**
   * Stores a login in place of an older one with the same key. It survives a power failure, because
   * the refresh token in the old one can no longer be used.
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
   * Removes every session for which the condition holds. The removal survives a power failure.
   *
   * @return how many of the removed sessions had not expired
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
      folder.deleteFile(ASIDE);
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
