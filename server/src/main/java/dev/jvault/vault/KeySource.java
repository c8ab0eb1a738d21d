package dev.jvault.vault;

import java.util.Locale;

/** Where the identity that decrypts the vault is kept. The user chooses it at first use. */
public enum KeySource {
  /** In an item of the operating system's keyring. */
  KEYRING,
  /** In a file beside the vault, encrypted with a passphrase. */
  PASSPHRASE,
  /** Printed by the user's command, usually a password manager. */
  COMMAND;

  /** The word for display and for the key source file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
