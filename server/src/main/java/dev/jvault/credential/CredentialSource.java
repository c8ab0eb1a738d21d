package dev.jvault.credential;

import dev.jvault.secret.SigningCredentials;
import java.util.Optional;

/**
 * One way to obtain a session, from the credentials of the hop below or from nothing. Immutable and
 * safe for many threads. Blocks for as long as its service takes.
 */
public interface CredentialSource {
  /**
   * Obtains new credentials, never from a cache.
   *
   * @param below empty for the first source of a chain that starts at no long-lived key
   */
  Outcome obtain(Optional<SigningCredentials> below);

  /**
   * Obtains credentials in place of those that AWS has just refused, although they have not
   * expired. The same as {@link #obtain}, but for a source that reads another program's cache.
   */
  default Outcome obtainAnew(Optional<SigningCredentials> below) {
    return obtain(below);
  }

  /**
   * Everything about this hop that changes the credentials, and nothing else (no proxy, CA bundle
   * or terminal). Sources with the same fingerprint share their sessions.
   */
  String fingerprint();

  /** Whether obtaining asks the user. If so, it is never done ahead of time. */
  default boolean needsPerson() {
    return false;
  }

  /**
   * Whether it depends on a login of the user or on what only the caller has, so that its end
   * cannot be known.
   */
  default boolean lastsAsLongAsALogin() {
    return false;
  }

  /** Whether its session is stored in the vault, to survive a restart. */
  default boolean durable() {
    return true;
  }

  /**
   * The service that it asks, with its region or endpoint: what refuses a key or has too many
   * requests there may well answer elsewhere. Empty if it asks none of AWS. No secret; only for
   * comparison.
   */
  default String service() {
    return "";
  }

  /** What the session is, for lists. */
  String label();

  /** The profile that its session belongs to; empty if that is the one of the key below. */
  default Optional<String> owner() {
    return Optional.empty();
  }
}
