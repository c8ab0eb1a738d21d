package dev.jvault.session;

import dev.jvault.credential.SourceChain;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.SessionCredentials;
import dev.jvault.vault.StoredSession;
import dev.jvault.vault.Vault;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions in the vault, which survive a restart. They are disposable: if the vault cannot
 * store one, the daemon continues with the one in memory.
 */
final class SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

  private final Vault vault;

  SessionStore(Vault vault) {
    this.vault = vault;
  }

  Optional<SessionCredentials> find(SessionKey key) {
    if (!vault.unlocked()) {
      return Optional.empty();
    }
    try {
      return vault.sessions().find(key.hash()).map(StoredSession::credentials);
    } catch (JvaultException e) {
      LOG.warn("event=session_unreadable reason=\"{}\"", e.sentence());
      return Optional.empty();
    }
  }

  void put(SessionKey key, SourceChain chain, SessionCredentials session) {
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
      LOG.warn("event=session_not_kept reason=\"{}\"", e.sentence());
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
