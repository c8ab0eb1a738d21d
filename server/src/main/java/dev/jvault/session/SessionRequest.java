package dev.jvault.session;

import dev.jvault.credential.SourceChain;
import org.jspecify.annotations.Nullable;

/**
 * A request for the session of a chain's top. Requests for the same session are equal, whichever
 * profile or terminal they come from.
 */
final class SessionRequest {
  private final SessionKey key;
  private final SourceChain chain;

  SessionRequest(SourceChain chain) {
    this.key = SessionKey.of(chain);
    this.chain = chain;
  }

  SessionKey key() {
    return key;
  }

  SourceChain chain() {
    return chain;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionRequest request && key.equals(request.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return chain.top().label();
  }
}
