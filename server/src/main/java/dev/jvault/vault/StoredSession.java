package dev.jvault.vault;

import dev.jvault.secret.SessionCredentials;

/** A session that outlives the daemon. */
public final class StoredSession {
  private final String profile;
  private final String keyName;
  private final String label;
  private final SessionCredentials credentials;

  /**
   * A session to keep.
   *
   * @param profile the profile that it belongs to
   * @param keyName the name of the stored key that it came from
   * @param label the name for display
   */
  public StoredSession(
      String profile, String keyName, String label, SessionCredentials credentials) {
    this.profile = profile;
    this.keyName = keyName;
    this.label = label;
    this.credentials = credentials;
  }

  /** The profile that it belongs to; others may share it. */
  public String profile() {
    return profile;
  }

  /** The name of the stored key that it came from. */
  public String keyName() {
    return keyName;
  }

  /** The name for display. */
  public String label() {
    return label;
  }

  /** The credentials. */
  public SessionCredentials credentials() {
    return credentials;
  }

  @Override
  public String toString() {
    return "StoredSession[" + label + " from " + keyName + ", " + credentials + "]";
  }
}
