package dev.jvault.session;

import dev.jvault.credential.SourceChain;

/**
 * Identifies a session by everything that changes it. An edited profile has another key and so
 * never gets a stale session. Profiles and terminals with the same parameters share a session.
 *
 * @param hash {@link SourceChain#fingerprint}; it contains no secret and may be logged
 */
record SessionKey(String hash) {
  static SessionKey of(SourceChain chain) {
    return new SessionKey(chain.fingerprint());
  }
}
