package dev.jvault.vault;

/** A new age identity for the vaults of tests. */
public final class NewIdentity {
  private NewIdentity() {}

  /** A key command that prints a new identity. */
  public static String command() {
    return "echo " + AgeIdentity.generate().encoded().reveal();
  }
}
