package dev.jvault.credential;

import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/**
 * One way to obtain a session, from the credentials of the hop below or from nothing. Immutable; it
 * may be asked by several threads and blocks for as long as its service takes.
 */
public interface CredentialSource {
  /**
   * Asks for new credentials; never from a cache.
   *
   * @param below empty for the first source of a chain that starts at no key
   */
  Outcome obtain(Optional<SigningCredentials> below);

  /**
   * Everything about this hop that changes the answer, and nothing that does not (proxy, CA bundle,
   * terminal). Two sources with one fingerprint share their sessions.
   */
  String fingerprint();

  /** Whether obtaining would ask the person, so that it is never done ahead of time. */
  default boolean needsPerson() {
    return false;
  }

  /**
   * Whether it goes on only while a person's login lasts, or on what only the caller has, so that
   * nobody knows for how long it can be obtained.
   */
  default boolean lastsAsLongAsALogin() {
    return false;
  }

  /** Whether its session is worth keeping over a restart. */
  default boolean durable() {
    return true;
  }

  /** What the session is, for lists. */
  String label();
}
