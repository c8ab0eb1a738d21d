package dev.jvault.sso;

import dev.jvault.credential.PersonNeed;
import dev.jvault.profile.SsoSession;
import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.StoredLogin;
import dev.jvault.vault.Vault;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps logins in the vault while it is unlocked, and in memory if the vault cannot take them.
 * Thread-safe.
 */
final class LoginStore {
  private static final Logger LOG = LoggerFactory.getLogger(LoginStore.class);

  private final Vault vault;
  private final Map<String, StoredLogin> inMemory = new ConcurrentHashMap<>();

  LoginStore(Vault vault) {
    this.vault = vault;
  }

  /** The key of a session's login: everything that a token depends on. */
  static String key(SsoSession session) {
    return String.join(
        " ",
        session.startUrl().toString(),
        session.region(),
        session.oidc().endpoint().map(URI::toString).orElse("-"),
        session.name());
  }

  /** What a client is registered for; a client for other terms does not fit. */
  static String terms(SsoSession session, AuthorizationFlow flow) {
    return flow + " " + String.join(",", session.scopes());
  }

  /** Whether the vault exists but is locked, so that it may hold logins that cannot be read. */
  boolean locked() {
    return vault.exists() && !vault.unlocked();
  }

  /** Whether the user locked the vault, so that only the user can unlock it. */
  boolean lockedByUser() {
    return vault.lockedByUser();
  }

  /** Forgets the logins that are only in memory. */
  void forgetInMemory() {
    inMemory.clear();
  }

  /** What the user is needed for if it is locked. */
  PersonNeed need() {
    if (vault.lockedByUser()) {
      return new PersonNeed.Unlocking();
    }
    return vault.usesKeyring() ? new PersonNeed.Keyring() : new PersonNeed.Passphrase();
  }

  /** The login of a session; empty if there is none, or if the vault that holds it is locked. */
  Optional<StoredLogin> find(SsoSession session) {
    StoredLogin held = inMemory.get(key(session));
    if (held != null) {
      return Optional.of(held);
    }
    try {
      return vault.unlocked() ? vault.sessions().findLogin(key(session)) : Optional.empty();
    } catch (JvaultException e) {
      // The vault was locked in the meantime.
      return Optional.empty();
    }
  }

  /** Keeps a session's login in place of an older one. */
  void put(SsoSession session, StoredLogin login) {
    if (vault.unlocked()) {
      try {
        vault.sessions().putLogin(key(session), login);
        inMemory.remove(key(session));
        return;
      } catch (JvaultException e) {
        LOG.warn("event=sso_login_not_kept reason=\"{}\"", e.logged());
      }
    }
    inMemory.put(key(session), login);
  }
}
