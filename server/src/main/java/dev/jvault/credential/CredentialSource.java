package dev.jvault.credential;

import dev.jvault.secret.SigningCredentials;

/**
 * One way to obtain a session from the credentials of the hop below. Immutable; it may be asked by
 * several threads and blocks for as long as its service takes.
 */
public interface CredentialSource {
  /** Asks for new credentials; never from a cache. */
  Outcome obtain(SigningCredentials below);

  /**
   * Everything about this hop that changes the answer, and nothing that does not (proxy, CA bundle,
   * terminal). Two sources with one fingerprint share their sessions.
   */
  String fingerprint();

  /** Whether obtaining would ask the person, so that it is never done ahead of time. */
  boolean needsPerson();

  /** What the session is, for lists. */
  String label();
}
