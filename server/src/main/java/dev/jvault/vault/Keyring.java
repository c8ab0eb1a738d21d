package dev.jvault.vault;

import dev.jvault.secret.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * The operating system's keyring, as far as the vault needs it: one secret for each account. The
 * caller's variables tell which desktop session is meant. Reading, writing and removing may wait
 * for a person who is asked to unlock the keyring, and throw a {@code JvaultException} with {@code
 * ExitCode.VAULT} when it is absent, stays locked or refuses.
 */
public interface Keyring {
  /** Whether there is one that can be asked; disturbs nobody and never throws. */
  boolean available(Map<String, String> environment);

  /** The secret of an account; empty where the keyring answered that it has none. */
  Optional<Secret> read(String account, Map<String, String> environment);

  /** Stores the secret of an account over any older one; it can be read when this returns. */
  void write(String account, Secret content, Map<String, String> environment);

  /** Removes the secret of an account, if there is one. */
  void remove(String account, Map<String, String> environment);
}
