package dev.jvault.vault;

/** Whether a session's keyring can be used. */
public enum KeyringState {
  /** It can be read now. */
  OPEN,
  /** The user has to unlock it first. */
  LOCKED,
  /** There is a keyring service, but it has no default collection. */
  NO_COLLECTION,
  /** The session has a bus, and no keyring on it. */
  ABSENT,
  /** There is no D-Bus session. */
  NO_SESSION,
  /** The bus or the keyring does not answer. */
  NO_ANSWER
}
