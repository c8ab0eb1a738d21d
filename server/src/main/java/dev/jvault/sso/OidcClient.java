package dev.jvault.sso;

import dev.jvault.secret.Secret;
import dev.jvault.vault.StoredLogin;
import java.time.Instant;

/**
 * A registered client.
 *
 * @param expires when it has to be registered anew
 */
public record OidcClient(String id, Secret secret, Instant expires) {
  /** The client that a login was made with. */
  static OidcClient of(StoredLogin.Client kept) {
    return new OidcClient(kept.id(), kept.secret(), kept.expires());
  }
}
