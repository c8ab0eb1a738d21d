package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates an empty vault in a folder. */
final class VaultCreator {
  private final VaultFolder folder;
  private final IdentityStore identities;
  private final InstantSource clock;

  VaultCreator(VaultFolder folder, IdentityStore identities, InstantSource clock) {
    this.folder = folder;
    this.identities = identities;
    this.clock = clock;
  }

  /** Creates a vault and opens it. The parameters are those of {@link Vault#create}. */
  OpenVault create(
      KeySource source,
      Optional<Secret> passphrase,
      Optional<String> command,
      Map<String, String> helper) {
    folder.prepare();
    VaultLock lock = VaultLock.take(folder);
    boolean done = false;
    try {
      refuseExisting();
      OpenVault created = write(KeySourceFile.choose(source, command), passphrase, helper, lock);
      done = true;
      return created;
    } finally {
      if (!done) {
        lock.close();
      }
    }
  }

  private OpenVault write(
      KeySourceFile keySource,
      Optional<Secret> passphrase,
      Map<String, String> helper,
      VaultLock lock) {
    AgeIdentity identity = identities.create(keySource, passphrase, helper);
    try {
      KeyVault keys = KeyVault.create(folder, identity, clock);
      keySource.write(folder);
      return new OpenVault(
          identity, keySource, keys, SessionVault.open(folder, identity, clock), lock);
    } catch (JvaultException e) {
      undo(keySource, helper, e);
      throw e;
    }
  }

  /** Removes what a failed attempt has created, so that the next one can succeed. */
  private void undo(KeySourceFile keySource, Map<String, String> helper, JvaultException reason) {
    try {
      folder.delete(KeyVault.FILE);
      identities.discard(keySource, helper);
    } catch (JvaultException e) {
      reason.addSuppressed(e);
    }
  }

  /** Never overwrites keys: without the key source file, the user may have put them there. */
  private void refuseExisting() {
    if (folder.has(KeySourceFile.FILE)) {
      throw new JvaultException(
          ExitCode.VAULT,
          "A vault exists already in %s; unlock it, or move it away."
              .formatted(folder.file(KeySourceFile.FILE).getParent()));
    }
    for (String keys : List.of(KeyVault.FILE, KeyVault.BACKUP)) {
      if (folder.has(keys)) {
        throw KeySourceFile.missing(folder, keys);
      }
    }
  }
}
