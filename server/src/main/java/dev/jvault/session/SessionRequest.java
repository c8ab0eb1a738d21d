package dev.jvault.session;

import dev.jvault.credential.SourceChain;
import org.jspecify.annotations.Nullable;

/**
 * A request for the session of a chain's top. Requests for the same session are equal, from all
 * profiles, terminals and askers.
 */
final class SessionRequest {
  private final SessionKey key;
  private final SourceChain chain;
  private final Asker asker;

  SessionRequest(SourceChain chain, Asker asker) {
    this.key = SessionKey.of(chain);
    this.chain = chain;
    this.asker = asker;
  }

  /** A request that no user waits for. */
  SessionRequest(SourceChain chain) {
    this(chain, Asker.POLL);
  }

  SessionKey key() {
    return key;
  }

  SourceChain chain() {
    return chain;
  }

  Asker asker() {
    return asker;
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
