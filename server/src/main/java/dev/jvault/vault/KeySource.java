package dev.jvault.vault;

import java.util.Locale;

/** Where the identity that opens the vault is kept; chosen by the person at first use. */
public enum KeySource {
  /** In one item of the operating system's keyring. */
  KEYRING,
  /** In a file beside the vault that a passphrase opens. */
  PASSPHRASE,
  /** Printed by a command of the person's, usually a password manager's. */
  COMMAND;

  /** The word for people and for the note beside the vault. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
