package dev.jvault.server;

import dev.jvault.http.Caller;
import dev.jvault.http.TokenAuthenticator;
import java.util.Optional;

/**
 * Identifies the owner of a token as another authenticator does, and notes that a program has
 * presented a valid one.
 *
 * @param noted called at each valid token; takes no time
 */
record NotedUse(TokenAuthenticator authenticator, Runnable noted) implements TokenAuthenticator {
  @Override
  public String header() {
    return authenticator.header();
  }

  @Override
  public Optional<String> authenticate(Optional<String> token) {
    Optional<String> owner = authenticator.authenticate(token);
    if (owner.isPresent()) {
      noted.run();
    }
    return owner;
  }

  @Override
  public void noToken(String path, Caller caller) {
    authenticator.noToken(path, caller);
  }
}
