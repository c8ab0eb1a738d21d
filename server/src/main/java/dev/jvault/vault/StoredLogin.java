package dev.jvault.vault;

import dev.jvault.secret.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * A login to IAM Identity Center that outlives the daemon: the client that was registered for it,
 * and its tokens while somebody is logged in.
 *
 * @param name what people call it
 * @param shared the hash of the access token that was given to the AWS CLI, while it is to be given
 *     each new one
 */
public record StoredLogin(
    String name, Client client, Optional<Token> token, Optional<String> shared) {
  /**
   * A client registered with SSO-OIDC.
   *
   * @param expires when the registration ends
   * @param terms what it was registered for; a login on other terms needs another client
   */
  public record Client(String id, Secret secret, Instant expires, String terms) {}

  /**
   * What SSO-OIDC issued.
   *
   * @param access for the portal
   * @param refresh for the next token, where there may be one without the person
   * @param expiration when the access token ends
   */
  public record Token(Secret access, Optional<Secret> refresh, Instant expiration) {}

  /** The same with another token. */
  public StoredLogin with(Optional<Token> other) {
    return new StoredLogin(name, client, other, shared);
  }

  /** The same, shared or not. */
  public StoredLogin sharing(Optional<String> hash) {
    return new StoredLogin(name, client, token, hash);
  }

  /** When nothing of it is of use any more. */
  Instant end() {
    Instant tokenEnd = token.map(Token::expiration).orElse(Instant.MIN);
    return tokenEnd.isAfter(client.expires()) ? tokenEnd : client.expires();
  }
}
