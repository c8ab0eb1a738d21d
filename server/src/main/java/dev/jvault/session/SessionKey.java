package dev.jvault.session;

import dev.jvault.credential.SourceChain;

/**
 * The name of a session: everything that changes it. An edit to the configuration is another key,
 * so it can never serve a stale session; two terminals or two profiles that mean the same share
 * one.
 *
 * @param hash {@link SourceChain#fingerprint}; it contains no secret and may be logged
 */
record SessionKey(String hash) {
  static SessionKey of(SourceChain chain) {
    return new SessionKey(chain.fingerprint());
  }
}
