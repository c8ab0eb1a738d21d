package dev.jvault.sso;

import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.StoredLogin;
import dev.jvault.vault.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logins in the vault; in memory what the vault cannot take. Safe for many threads. */
final class LoginStore {
  private static final Logger LOG = LoggerFactory.getLogger(LoginStore.class);

  private final Vault vault;
  private final Map<String, StoredLogin> unkept = new ConcurrentHashMap<>();

  LoginStore(Vault vault) {
    this.vault = vault;
  }

  /** Whether there may be logins that nobody can see. */
  boolean locked() {
    return vault.exists() && !vault.unlocked();
  }

  /** Whether a person has locked the vault. */
  boolean shut() {
    return vault.shut();
  }

  void forgetUnkept() {
    unkept.clear();
  }

  Optional<StoredLogin> find(String key) {
    StoredLogin held = unkept.get(key);
    if (held != null) {
      return Optional.of(held);
    }
    try {
      return vault.unlocked() ? vault.sessions().findLogin(key) : Optional.empty();
    } catch (JvaultException e) {
      // Locked since.
      return Optional.empty();
    }
  }

  void put(String key, StoredLogin login) {
    if (vault.unlocked()) {
      try {
        vault.sessions().putLogin(key, login);
        unkept.remove(key);
        return;
      } catch (JvaultException e) {
        LOG.warn("event=sso_login_not_kept reason=\"{}\"", e.sentence());
      }
    }
    unkept.put(key, login);
  }
}
