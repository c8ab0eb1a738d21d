package dev.jvault.session;

import dev.jvault.clock.Clocks;
import dev.jvault.credential.SourceChain;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.StoredSession;
import dev.jvault.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions in the vault, which survive a restart. They are disposable: if the vault cannot
 * store one, the daemon continues with the one in memory.
 */
final class SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

  /** A session that was issued later than now: the clock was set back since. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private static final int MOST = 20_000;

  private final Vault vault;
  private final Clocks clocks;

  /** The ends, by the steady clock, of the sessions that this process has seen, by key id. */
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();

  SessionStore(Vault vault, Clocks clocks) {
    this.vault = vault;
    this.clocks = clocks;
  }

  /** A stored session as {@link Held#judged} shows it; it may have ended. */
  Optional<SessionCredentials> find(SessionKey key) {
    return read(key)
        .filter(session ->
            !session.issued().isAfter(clocks.instant().plus(TOLERATED)) || known(session))
        .map(session -> Held.judged(session, end(session), clocks));
  }

  private boolean known(SessionCredentials session) {
    return ends.containsKey(session.accessKeyId());
  }

  private Instant end(SessionCredentials session) {
    return ends.computeIfAbsent(session.accessKeyId(), _ -> Held.steadyEnd(session, clocks));
  }

  private Optional<SessionCredentials> read(SessionKey key) {
    if (!vault.unlocked()) {
      return Optional.empty();
    }
    try {
      return vault.sessions().find(key.hash()).map(StoredSession::credentials);
    } catch (JvaultException e) {
      LOG.warn("event=session_unreadable reason=\"{}\"", e.logged());
      return Optional.empty();
    }
  }

  void put(SessionKey key, SourceChain chain, SessionCredentials session) {
    if (ends.size() >= MOST) {
      ends.values().removeIf(end -> end.isBefore(clocks.steady()));
    }
    ends.put(session.accessKeyId(), Held.steadyEnd(session, clocks));
    if (!vault.unlocked()) {
      return;
    }
    try {
      vault
          .sessions()
          .put(
              key.hash(),
              new StoredSession(chain.owner(), chain.keyName(), chain.top().label(), session));
    } catch (JvaultException e) {
      LOG.warn("event=session_not_kept reason=\"{}\"", e.logged());
    }
  }

  /**
   * Removes the sessions whose key hash or stored key matches.
   *
   * @return how many sessions were removed
   */
  int remove(Predicate<String> keyHash, Predicate<String> keyName) {
    if (!vault.unlocked()) {
      return 0;
    }
    return vault
        .sessions()
        .removeIf((hash, session) -> keyHash.test(hash) || keyName.test(session.keyName()));
  }
}
