package dev.jvault.profile;

/** The names of long-lived keys that the vault holds, or is assumed to hold. */
@FunctionalInterface
public interface StoredKeys {
  /** Whether there is a key of this name, or may be one because the vault is locked. */
  boolean mayContain(String name);

  /** No key at all. */
  static StoredKeys none() {
    return _ -> false;
  }

  /** A key of every name, as a locked vault may hold it. */
  static StoredKeys any() {
    return _ -> true;
  }
}
