package dev.jvault.control;

import dev.jvault.served.ServedProfiles;

/**
 * {@code handover-finish}: opens the vault and makes the same profiles ready as the daemon before.
 * Their sessions are in the vault, so this asks neither AWS nor the user.
 */
final class HandoverFinishVerb implements Verb {
  private final VaultAccess vaultAccess;
  private final ServedProfiles served;

  HandoverFinishVerb(VaultAccess vaultAccess, ServedProfiles served) {
    this.vaultAccess = vaultAccess;
    this.served = served;
  }

  @Override
  public Reply run(Call call) {
    vaultAccess.open(call);
    return Reply.ofMessage(String.join("\n", served.prepare()));
  }
}
