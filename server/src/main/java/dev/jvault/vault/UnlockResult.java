package dev.jvault.vault;

/**
 * What came of an attempt to unlock the vault. Whatever only a repair can solve is an exception.
 */
public enum UnlockResult {
  /** The vault is open. */
  OPEN,
  /** A person has shut it, and none has opened it since: see {@link Vault#shut(boolean)}. */
  SHUT,
  /** The identity lies in a passphrase file and no passphrase was given. */
  PASSPHRASE_NEEDED,
  /** The passphrase does not open the identity file. */
  PASSPHRASE_WRONG
}
