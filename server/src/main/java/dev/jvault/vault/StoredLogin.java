package dev.jvault.vault;

import dev.jvault.secret.OidcClient;
import dev.jvault.secret.SsoToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A login to IAM Identity Center that outlives the daemon: the client that was registered for it,
 * and its token while the user is logged in.
 *
 * @param name the name of the session, for display
 * @param terms the flow and scopes that the client was registered for; a login on other terms needs
 *     another client
 * @param sharedHash the hash of the access token that was last given to the AWS CLI; empty if the
 *     login is not shared with it
 */
public record StoredLogin(
    String name,
    OidcClient client,
    String terms,
    Optional<SsoToken> token,
    Optional<String> sharedHash) {
  /** This login with another token, or with none. */
  public StoredLogin withToken(Optional<SsoToken> other) {
    return new StoredLogin(name, client, terms, other, sharedHash);
  }

  /** This login with the hash of another shared token, or with none. */
  public StoredLogin withSharedHash(Optional<String> hash) {
    return new StoredLogin(name, client, terms, token, hash);
  }

  /** When both the token and the client have expired, so that the login can be dropped. */
  Instant end() {
    Instant tokenEnd = token.map(SsoToken::expiration).orElse(Instant.MIN);
    return tokenEnd.isAfter(client.expires()) ? tokenEnd : client.expires();
  }
}
