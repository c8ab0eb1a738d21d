package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
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
 * The sessions of an open vault, answered from memory and written through to {@code sessions.age}.
 * They are disposable: a file that cannot be read is replaced, and a write may be lost at a power
 * failure, though not when the process dies. What has expired is not found, and is dropped from the
 * file with the next write. Safe for use by several threads; every method throws a {@link
 * JvaultException} with {@link ExitCode#VAULT} once the vault is locked, and when the file cannot
 * be written, in which case nothing has changed.
 */
public final class SessionVault {
  static final String FILE = "sessions.age";

  private static final Logger LOG = LoggerFactory.getLogger(SessionVault.class);

  private final VaultFolder folder;
  private final AgeIdentity identity;
  private final InstantSource clock;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable Map<String, StoredSession> sessions;

  private SessionVault(
      VaultFolder folder,
      AgeIdentity identity,
      InstantSource clock,
      Map<String, StoredSession> sessions) {
    this.folder = folder;
    this.identity = identity;
    this.clock = clock;
    this.sessions = sessions;
  }

  /** Reads the file, or begins with no sessions where it cannot be used. */
  static SessionVault open(VaultFolder folder, AgeIdentity identity, InstantSource clock) {
    return new SessionVault(folder, identity, clock, read(folder, identity));
  }

  private static Map<String, StoredSession> read(VaultFolder folder, AgeIdentity identity) {
    Optional<byte[]> sealed = folder.read(FILE);
    if (sealed.isEmpty()) {
      return Map.of();
    }
    try {
      return SessionFormat.read(AgeEnvelope.open(sealed.get(), identity.reader()));
    } catch (UnreadableFileException e) {
      LOG.warn("event=sessions-replaced file={} reason=\"{}\"", folder.file(FILE), e.clause());
      return Map.of();
    }
  }

  /** The session of a key, if it has not expired. */
  public Optional<StoredSession> find(String sessionKey) {
    return Optional.ofNullable(held().get(sessionKey)).filter(this::lives);
  }

  /** All sessions that have not expired, by their key. */
  public Map<String, StoredSession> all() {
    return Collections.unmodifiableMap(living());
  }

  /** Keeps a session in place of any older one of the same key. */
  public void put(String sessionKey, StoredSession session) {
    writing.lock();
    try {
      Map<String, StoredSession> after = living();
      after.put(sessionKey, session);
      folder.writeDisposable(FILE, seal(after));
      sessions = after;
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
      Map<String, StoredSession> living = living();
      Map<String, StoredSession> after = new LinkedHashMap<>(living);
      after.entrySet().removeIf(entry -> condition.test(entry.getKey(), entry.getValue()));
      if (after.size() < held().size() || (after.isEmpty() && folder.has(FILE))) {
        folder.write(FILE, seal(after));
        sessions = after;
      }
      return living.size() - after.size();
    } finally {
      writing.unlock();
    }
  }

  /** Forgets the content. */
  void lock() {
    sessions = null;
  }

  private byte[] seal(Map<String, StoredSession> content) {
    return AgeEnvelope.seal(SessionFormat.write(content), identity.writer());
  }

  private Map<String, StoredSession> living() {
    Map<String, StoredSession> living = new LinkedHashMap<>(held());
    living.values().removeIf(session -> !lives(session));
    return living;
  }

  private boolean lives(StoredSession session) {
    return clock.instant().isBefore(session.credentials().expiration());
  }

  private Map<String, StoredSession> held() {
    Map<String, StoredSession> held = sessions;
    if (held == null) {
      throw Vault.locked();
    }
    return held;
  }
}
