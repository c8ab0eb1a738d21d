package dev.jvault.control;

import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigReader;
import dev.jvault.profile.PlaintextKey;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.vault.Vault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code import}: moves plaintext keys of profiles into the vault. It removes a line from a file
 * only after the key is in the vault and a copy of the file is on disk.
 */
final class ImportVerb implements Verb {
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final ConfigEditor editor;
  private final SessionEraser eraser;
  private final InstantSource clock;

  ImportVerb(
      Vault vault,
      VaultAccess vaultAccess,
      ConfigEditor editor,
      SessionEraser eraser,
      InstantSource clock) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.editor = editor;
    this.eraser = eraser;
    this.clock = clock;
  }

  @Override
  public Reply run(Call call) {
    List<String> lines = new ArrayList<>();
    List<PlaintextKey> keys = call.flag("all") ? all(call, lines) : named(call);
    keys = keys.stream().filter(key -> fits(key, call, lines)).toList();
    if (keys.isEmpty()) {
      lines.add("No profile has a key in plain text that could be imported.");
      return Reply.ofMessage(String.join("\n", lines));
    }
    vaultAccess.openOrCreate(call).ifPresent(lines::add);
    keys.forEach(key -> allowed(key, call));
    keys.forEach(key -> store(key, call));
    List<ConfigEditor.EditedFile> files = editor.remove(keys, call.environment(), clock.instant());
    keys.forEach(key ->
        lines.add(
            "Moved the key %s of %s (%s) into the vault."
                .formatted(key.key().accessKeyId(), key.profile(), key.where())));
    files.forEach(file ->
        lines.add(
            "The old %s, with the keys in it, is now %s; delete that once everything works."
                .formatted(file.file(), file.backup())));
    lines.add(
        "Programs that read these profiles without jvault no longer find a key: start them with"
            + " `jvault exec`, or give the profiles a credential_process.");
    return Reply.ofMessage(String.join("\n", lines));
  }

  private List<PlaintextKey> named(Call call) {
    return call.profiles().stream()
        .distinct()
        .map(name -> editor.plaintextKey(name, call.environment()))
        .toList();
  }

  /**
   * The keys of all profiles. A key that cannot be imported stays in its file, and a line says why.
   */
  private List<PlaintextKey> all(Call call, List<String> lines) {
    List<PlaintextKey> keys = new ArrayList<>();
    for (ConfigReader.KeyLocation place : editor.plaintextKeys(call.environment())) {
      try {
        keys.add(editor.plaintextKey(place.profile(), call.environment()));
      } catch (JvaultException e) {
        lines.add("Left " + place.profile() + ": " + e.sentence());
      }
    }
    return keys;
  }

  /** Whether a key is AWS's, or the user wants it anyway; a key that stays is named in a line. */
  private static boolean fits(PlaintextKey key, Call call, List<String> lines) {
    if (AccessKeyRules.mayImport(key.key(), key.profile(), call)) {
      return true;
    }
    lines.add(
        "Left %s: its access key ID (%s) is not one of AWS; say yes on a terminal or give --any-id to import it."
            .formatted(key.profile(), key.where()));
    return false;
  }

  /**
   * Makes sure that the import destroys no other key: replacing a stored key deletes the old one.
   */
  private void allowed(PlaintextKey key, Call call) {
    Optional<AccessKey> held = vault.keys().find(key.profile());
    if (held.isEmpty() || held.get().equals(key.key())) {
      return;
    }
    String what =
        "The vault has another key for %s (%s) than %s (%s)"
            .formatted(
                key.profile(),
                AccessKeyIds.shown(held.get().accessKeyId()),
                key.where(),
                key.key().accessKeyId());
    if (!call.flag("force")) {
      throw new JvaultException(
          ExitCode.PROFILE,
          what
              + "; nothing was changed. Delete the one that is wrong: `jvault remove "
              + key.profile()
              + "`, or the lines in the file. --force replaces the vault's.");
    }
    if (!Confirmation.given(call, what + ". Replace the vault's for good?")) {
      throw new JvaultException(
          ExitCode.PERSON,
          "Nothing was changed: --force replaces a key only if you confirm it on a terminal.");
    }
  }

  private void store(PlaintextKey key, Call call) {
    String name = key.profile();
    Optional<AccessKey> held = vault.keys().find(name);
    if (!held.equals(Optional.of(key.key()))) {
      vault.keys().put(name, key.key());
    }
    boolean replaced = held.isPresent() && !held.get().equals(key.key());
    eraser.keyStored(name, replaced, call.environment());
  }
}
