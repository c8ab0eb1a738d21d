package dev.jvault.vault;

/**
 * The result of an attempt to unlock the vault. A problem that needs a repair is an exception
 * instead.
 */
public enum UnlockResult {
  /** The vault is open. */
  OPEN,
  /** The user locked it and has not unlocked it since: see {@link Vault#lockByUser(boolean)}. */
  LOCKED_BY_USER,
  /** The keyring that holds the identity is locked, and the user was not asked to unlock it. */
  KEYRING_LOCKED,
  /** A passphrase protects the identity, and none was given. */
  PASSPHRASE_NEEDED,
  /** The passphrase is wrong. */
  PASSPHRASE_WRONG
}
