package dev.jvault.control;

import dev.jvault.profile.Profiles;
import dev.jvault.vault.Vault;
import java.util.Optional;

/**
 * {@code clear}: forgets the sessions of one profile or key, or all sessions; it keeps the keys.
 */
final class ClearVerb implements Verb {
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final SessionEraser eraser;

  ClearVerb(Vault vault, VaultAccess vaultAccess, Profiles profiles, SessionEraser eraser) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.eraser = eraser;
  }

  @Override
  public Reply run(Call call) {
    Optional<String> name = call.value("profile");
    vaultAccess.open(call);
    int forgotten =
        name.map(profile ->
                eraser.forget(profiles.resolve(profile, call.environment()), call.environment()))
            .orElseGet(() -> eraser.forgetAll(call.environment()));
    if (forgotten == 0 && !vault.exists()) {
      return Reply.ofMessage("There are no sessions.");
    }
    return Reply.ofMessage("Forgot " + RemoveVerb.count(forgotten) + "; keys are kept.");
  }
}
