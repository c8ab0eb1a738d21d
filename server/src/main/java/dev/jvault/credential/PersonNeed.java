package dev.jvault.credential;

/** What a person is needed for. */
public sealed interface PersonNeed {
  /** The code of an MFA device. */
  record MfaCode(String serial) implements PersonNeed {}

  /** The passphrase of the vault. */
  record Passphrase() implements PersonNeed {}
}
