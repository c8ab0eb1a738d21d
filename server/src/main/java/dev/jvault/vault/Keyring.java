package dev.jvault.vault;

import dev.jvault.secret.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * The operating system's keyring, which holds one secret for each account. The caller's variables
 * select the desktop session. Reading, writing and removing may wait while the desktop asks the
 * user to unlock the keyring, and throw a {@code JvaultException} with {@code ExitCode.VAULT} if it
 * is absent, stays locked or refuses.
 */
public interface Keyring {
  /** Whether the session has a keyring; never prompts and never throws. */
  boolean available(Map<String, String> environment);

  /** The state of the session's keyring; never prompts and never throws. */
  default KeyringState state(Map<String, String> environment) {
    return available(environment) ? KeyringState.OPEN : KeyringState.ABSENT;
  }

  /** The secret of an account; empty if the keyring has none. */
  Optional<Secret> read(String account, Map<String, String> environment);

  /** Stores the secret of an account in place of an older one. It can be read once this returns. */
  void write(String account, Secret content, Map<String, String> environment);

  /** Removes the secret of an account if it exists. */
  void remove(String account, Map<String, String> environment);
}
