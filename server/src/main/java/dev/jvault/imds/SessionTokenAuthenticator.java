package dev.jvault.imds;

import dev.jvault.http.TokenAuthenticator;
import java.util.Optional;

/**
 * Whoever shows a session token of the listener is its grant; with IMDSv1, whoever shows none too.
 *
 * @param grant the grant's id
 * @param v1 whether IMDSv1 is on
 */
record SessionTokenAuthenticator(SessionTokens tokens, String grant, boolean v1)
    implements TokenAuthenticator {
  @Override
  public String header() {
    return ImdsEndpoint.TOKEN;
  }

  @Override
  public Optional<String> admit(Optional<String> token) {
    boolean admitted = token.isEmpty() ? v1 : tokens.left(token.get()).isPresent();
    return admitted ? Optional.of(grant) : Optional.empty();
  }
}
