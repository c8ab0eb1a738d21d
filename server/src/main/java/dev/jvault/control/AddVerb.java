package dev.jvault.control;

import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.AccessKeyIds;
import dev.jvault.secret.Secret;
import dev.jvault.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code add}: stores a long-lived key for a profile, and creates the vault for the first key. */
final class AddVerb implements Verb {
  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final ConfigEditor editor;
  private final SessionEraser eraser;
  private final NewKeyCheck check;
  private final KeyUse use;

  AddVerb(
      Vault vault,
      VaultAccess vaultAccess,
      Profiles profiles,
      ConfigEditor editor,
      SessionEraser eraser,
      NewKeyCheck check) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.editor = editor;
    this.eraser = eraser;
    this.check = check;
    this.use = new KeyUse(profiles);
  }

  @Override
  public Reply run(Call call) {
    String name = call.profile();
    // Asks for the key first, so that a wrong or missing key leaves no empty vault behind.
    AccessKey key = key(call);
    boolean missing = !hasSection(name, call);
    boolean wanted = missing && wantsSection(name, call);
    Optional<AccessKey> held = held(name, call);
    held.filter(old -> !old.equals(key)).ifPresent(old -> confirmReplacing(old, name, key, call));
    String checked = check.line(key, name, call);
    List<String> lines = new ArrayList<>();
    vaultAccess.openOrCreate(call).ifPresent(lines::add);
    vault.keys().put(name, key);
    eraser.keyStored(name, held.isPresent(), call.environment());
    lines.add(stored(held, name, key));
    lines.add(checked);
    if (missing) {
      lines.add(section(name, wanted, call));
    }
    lines.addAll(use.lines(name, !missing || wanted, call.environment()));
    return Reply.ofMessage(String.join("\n", lines));
  }

  private static AccessKey key(Call call) {
    String id =
        AccessKeyRules.id(
            call.value("access-key-id")
                .or(() -> ask(call, Question.Kind.TEXT, "Access key ID: ").map(Secret::reveal))
                .orElseThrow(AddVerb::notGiven),
            call);
    Secret secret =
        call.secret("secret-access-key")
            .or(() -> ask(call, Question.Kind.SECRET, "Secret access key: "))
            .orElseThrow(AddVerb::notGiven);
    return new AccessKey(id, AccessKeyRules.secret(secret));
  }

  private Optional<AccessKey> held(String name, Call call) {
    if (!vault.exists()) {
      return Optional.empty();
    }
    vaultAccess.open(call);
    return vault.keys().find(name);
  }

  /** Storing a key destroys the one that has its name. */
  private static void confirmReplacing(AccessKey old, String name, AccessKey key, Call call) {
    String what = AccessKeyIds.shown(old.accessKeyId());
    String by =
        old.accessKeyId().equals(key.accessKeyId())
            ? "its secret by another one"
            : "it by " + key.accessKeyId();
    if (!call.flag("replace")
        && !Confirmation.given(
            call,
            "The vault has the key %s for %s. Replace %s for good?".formatted(what, name, by))) {
      throw new JvaultException(
          ExitCode.PERSON,
          "Nothing was stored: the vault keeps the key %s of %s until you say yes on a terminal or give --replace."
              .formatted(what, name));
    }
  }

  private static String stored(Optional<AccessKey> held, String name, AccessKey key) {
    if (held.isEmpty()) {
      return "Stored the key " + key.accessKeyId() + " for " + name + ".";
    }
    return held.get().equals(key)
        ? "The key " + key.accessKeyId() + " of " + name + " was in the vault already."
        : "Replaced the key %s of %s by %s."
            .formatted(AccessKeyIds.shown(held.get().accessKeyId()), name, key.accessKeyId());
  }

  private static Optional<Secret> ask(Call call, Question.Kind kind, String text) {
    return call.person().ask(new Question(kind, text));
  }

  private static JvaultException notGiven() {
    return new JvaultException(
        ExitCode.PERSON,
        "There is no key to store: run `jvault add` on a terminal, or set AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY and use --env.");
  }

  private boolean hasSection(String name, Call call) {
    return profiles.configured(name, call.environment());
  }

  /** Asks before anything is stored, so that a user who gives up here leaves nothing behind. */
  private boolean wantsSection(String name, Call call) {
    String file = ConfigFiles.of(call.environment()).config().toString();
    Optional<Secret> answer =
        ask(
            call,
            Question.Kind.CONFIRM,
            "Add [" + KeyUse.header(name) + "] to " + file + "? [y/N] ");
    if (answer.isEmpty() && call.value("access-key-id").isEmpty()) {
      throw notGiven();
    }
    return answer.filter(Confirmation::yes).isPresent();
  }

  private String section(String name, boolean wanted, Call call) {
    String file = ConfigFiles.of(call.environment()).config().toString();
    if (!wanted) {
      return "Note: %s has no [%s]; `jvault exec %s` works without it."
          .formatted(file, KeyUse.header(name), name);
    }
    editor.addSection(name, call.environment());
    return "Added [" + KeyUse.header(name) + "] to " + file + ".";
  }
}
