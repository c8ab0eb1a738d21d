package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.profile.ConfigFiles;
import dev.jvault.profile.Profiles;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import dev.jvault.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code add}: stores a long-lived key for a profile, and creates the vault for the first key. */
final class AddVerb implements Verb {
  /** IAM: an id has 16 to 128 word characters; the id of a long-lived key begins with AKIA. */
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Za-z0-9_]{16,128}");

  private final Vault vault;
  private final VaultAccess vaultAccess;
  private final Profiles profiles;
  private final ConfigEditor editor;
  private final SessionEraser eraser;

  AddVerb(
      Vault vault,
      VaultAccess vaultAccess,
      Profiles profiles,
      ConfigEditor editor,
      SessionEraser eraser) {
    this.vault = vault;
    this.vaultAccess = vaultAccess;
    this.profiles = profiles;
    this.editor = editor;
    this.eraser = eraser;
  }

  @Override
  public Reply run(Call call) {
    String name = call.profile();
    // Asks for the key first, so that a wrong or missing key leaves no empty vault behind.
    AccessKey key = key(call);
    boolean missing = !hasSection(name, call);
    boolean wanted = missing && wantsSection(name, call);
    List<String> lines = new ArrayList<>();
    vaultAccess.openOrCreate(call).ifPresent(lines::add);
    boolean replaced = vault.keys().find(name).isPresent();
    vault.keys().put(name, key);
    eraser.keyStored(name, replaced, call.environment());
    lines.add(
        (replaced ? "Replaced" : "Stored")
            + " the key "
            + key.accessKeyId()
            + " for "
            + name
            + ".");
    if (missing) {
      lines.add(section(name, wanted, call));
    }
    lines.add(works(name, call.environment()));
    return Reply.ofMessage(String.join("\n", lines));
  }

  private static AccessKey key(Call call) {
    String id =
        call.value("access-key-id")
            .or(() -> ask(call, Question.Kind.TEXT, "Access key ID: ").map(Secret::reveal))
            .map(String::strip)
            .orElseThrow(AddVerb::notGiven);
    if (!ACCESS_KEY_ID.matcher(id).matches()) {
      throw new JvaultException(
          ExitCode.USAGE,
          "That is not an access key ID: AWS's have 16 or more letters and digits, such as"
              + " AKIAIOSFODNN7EXAMPLE; nothing was stored.");
    }
    if (id.startsWith("ASIA")) {
      throw new JvaultException(
          ExitCode.USAGE,
          "An access key ID that begins with ASIA belongs to temporary credentials; store the"
              + " long-lived key of an IAM user (AKIA…).");
    }
    Secret secret =
        call.secret("secret-access-key")
            .or(() -> ask(call, Question.Kind.SECRET, "Secret access key: "))
            .orElseThrow(AddVerb::notGiven);
    if (secret.reveal().isBlank() || !PrintableText.isPrintable(secret.reveal())) {
      throw new JvaultException(
          ExitCode.USAGE,
          "That is not a secret access key; copy it again, because nothing was stored.");
    }
    return new AccessKey(id, Secret.of(secret.reveal().strip()));
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
    return profiles.list(call.environment()).stream()
        .anyMatch(profile -> profile.name().equals(name));
  }

  /** Asks before anything is stored, so that a user who gives up here leaves nothing behind. */
  private boolean wantsSection(String name, Call call) {
    String file = ConfigFiles.of(call.environment()).config().toString();
    Optional<Secret> answer =
        ask(call, Question.Kind.CONFIRM, "Add [" + header(name) + "] to " + file + "? [y/N] ");
    if (answer.isEmpty() && call.value("access-key-id").isEmpty()) {
      throw notGiven();
    }
    return answer.filter(Confirmation::yes).isPresent();
  }

  private String section(String name, boolean wanted, Call call) {
    String file = ConfigFiles.of(call.environment()).config().toString();
    if (!wanted) {
      return "Note: %s has no [%s]; `jvault exec %s` works without it."
          .formatted(file, header(name), name);
    }
    editor.addSection(name, call.environment());
    return "Added [" + header(name) + "] to " + file + ".";
  }

  private static String header(String name) {
    return name.equals("default") ? name : "profile " + name;
  }

  private String works(String name, CallerEnvironment environment) {
    List<String> working = new ArrayList<>(profiles.dependingOn(name, environment));
    if (!working.contains(name)) {
      working.addFirst(name);
    }
    return "Profiles that work now: " + String.join(", ", working) + ".";
  }
}
