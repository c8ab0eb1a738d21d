package dev.jvault.vault;

/** A fresh age identity for vaults of tests elsewhere. */
public final class NewIdentity {
  private NewIdentity() {}

  /** A key command that prints one. */
  public static String command() {
    return "echo " + AgeIdentity.generate().encoded().reveal();
  }
}
