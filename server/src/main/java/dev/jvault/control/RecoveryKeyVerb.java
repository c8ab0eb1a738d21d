package dev.jvault.control;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.vault.Vault;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code recovery-key}: prints the age identity that opens the vault without jvault. */
final class RecoveryKeyVerb implements Verb {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveryKeyVerb.class);

  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final Path vaultFolder;

  RecoveryKeyVerb(Vault vault, VaultAccess vaultAccess, Path vaultFolder) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.vaultFolder = vaultFolder;
  }

  @Override
  public Reply run(Call call) {
    if (!vault.exists()) {
      throw new JvaultException(
          ExitCode.VAULT, "There is no vault yet; `jvault add NAME` creates one.");
    }
    if (!Confirmation.given(
        call,
        "Anyone who sees the recovery key can read every key in the vault. Show it on this terminal?")) {
      throw new JvaultException(ExitCode.PERSON, "The recovery key was not shown.");
    }
    vaultAccess.open(call);
    LOG.warn("event=recovery_key_shown");
    return Reply.ofOutput(vault.recoveryIdentity().reveal() + "\n")
        .withMessage(
            "Keep this line offline. It opens the vault without jvault:\n  age -d -i FILE-WITH-THIS-LINE "
                + vaultFolder.resolve("keys.age"));
  }
}
