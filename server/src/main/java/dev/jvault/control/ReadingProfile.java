package dev.jvault.control;

import dev.jvault.credential.EnvironmentKeys;
import dev.jvault.profile.Chain;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Question;
import dev.jvault.session.Sessions;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.KeyringState;
import dev.jvault.vault.Vault;
import java.util.Optional;

/** The profile whose credentials {@code doctor} reads. */
final class ReadingProfile {
  private static final String DEFAULT = "default";

  private final Vault vault;
  private final Sessions sessions;
  private final Profiles profiles;
  private final EnvironmentKeys environmentKeys;

  ReadingProfile(
      Vault vault, Sessions sessions, Profiles profiles, EnvironmentKeys environmentKeys) {
    this.vault = vault;
    this.sessions = sessions;
    this.profiles = profiles;
    this.environmentKeys = environmentKeys;
  }

  /**
   * The profile that the call names, else one that is kept ready, else that of {@code AWS_PROFILE},
   * else {@code default} if it exists.
   */
  Optional<String> chosen(Call call) {
    return call.value("profile")
        .or(() -> sessions.kept().stream().sorted().findFirst())
        .or(() ->
            Optional.ofNullable(call.environment().helper().get("AWS_PROFILE"))
                .filter(name -> exists(name, call)))
        .or(() -> Optional.of(DEFAULT).filter(name -> exists(name, call)));
  }

  private boolean exists(String name, Call call) {
    return profiles.configured(name, call.environment())
        || (vault.exists() && vault.unlocked() && vault.keys().find(name).isPresent());
  }

  /** Whether the vault, if there is one, is open, or opens now without a question. */
  boolean vaultOpens(Call call) {
    if (!vault.exists() || vault.unlocked()) {
      return true;
    }
    return !vault.lockedByUser()
        && opensQuietly(call)
        && sessions.openVault(call.person(), call.environment());
  }

  private boolean opensQuietly(Call call) {
    return switch (vault.keySource().orElse(KeySource.COMMAND)) {
      case KEYRING -> vault.keyringState(call.environment().helper()) == KeyringState.OPEN;
      case PASSPHRASE -> call.person().holdsAnswer(Question.Kind.PASSPHRASE);
      // A password manager may ask, and its command may take as long as the user does.
      case COMMAND -> false;
    };
  }

  /** What the profile means now; takes credentials from the caller's variables if it needs them. */
  Chain resolve(String name, Call call) {
    Chain chain = profiles.resolveForCommand(name, call.environment());
    CallerCredentials.prepare(chain, environmentKeys, call);
    return chain;
  }
}
