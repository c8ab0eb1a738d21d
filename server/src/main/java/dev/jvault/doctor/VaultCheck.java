package dev.jvault.doctor;

import dev.jvault.vault.Vault;
import java.util.List;

/** Whether the vault is open. */
final class VaultCheck implements Check {
  private final Vault vault;

  VaultCheck(Vault vault) {
    this.vault = vault;
  }

  @Override
  public String id() {
    return "vault";
  }

  @Override
  public List<Finding> examine(ExaminedCaller caller) {
    if (!vault.exists()) {
      return List.of(Finding.ok("There is no vault yet; `jvault add NAME` creates one."));
    }
    if (vault.unlocked()) {
      return List.of(Finding.ok("The vault is open."));
    }
    return List.of(
        Finding.note(
            vault.lockedByUser() ? "You locked the vault." : "The vault is locked.",
            "Programs that ask for credentials which are not in memory get an error.",
            "jvault unlock"));
  }
}
