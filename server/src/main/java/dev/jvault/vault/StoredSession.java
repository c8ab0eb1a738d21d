package dev.jvault.vault;

import dev.jvault.secret.SessionCredentials;

/** A session that outlives the daemon. */
public final class StoredSession {
  private final String keyName;
  private final String label;
  private final SessionCredentials credentials;

  /**
   * A session to keep.
   *
   * @param keyName the name of the long-lived key that it came from
   * @param label what people call it
   */
  public StoredSession(String keyName, String label, SessionCredentials credentials) {
    this.keyName = keyName;
    this.label = label;
    this.credentials = credentials;
  }

  /** The name of the long-lived key that it came from. */
  public String keyName() {
    return keyName;
  }

  /** What people call it. */
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
