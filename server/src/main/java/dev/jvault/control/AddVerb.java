package dev.jvault.control;

import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.ProfileSummary;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.secret.AccessKey;
import dev.jvault.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code add}: stores a long-lived key for a profile, and makes the vault at the first one. */
final class AddVerb implements Verb {
  /** IAM: 16 to 128 word characters; those of long-lived keys begin with AKIA. */
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Za-z0-9_]{16,128}");

  private final Daemon daemon;
  private final NewVault newVault;

  AddVerb(Daemon daemon) {
    this.daemon = daemon;
    this.newVault = new NewVault(daemon.vault());
  }

  @Override
  public Reply run(Call call) {
    String name = call.profile();
    // Asked first: a key that is wrong or not given leaves no vault behind.
    AccessKey key = key(call);
    List<String> told = new ArrayList<>();
    if (daemon.vault().exists()) {
      OpenProfiles.openVault(daemon, call);
    } else {
      told.add(newVault.create(call));
    }
    boolean replaced = daemon.vault().keys().find(name).isPresent();
    daemon.vault().keys().put(name, key);
    if (replaced) {
      forgetSessions(name, call.environment());
    }
    daemon.readyFiles().remove(name);
    told.add(
        (replaced ? "Replaced" : "Stored")
            + " the key "
            + key.accessKeyId()
            + " for "
            + name
            + ".");
    section(name, call).ifPresent(told::add);
    told.add(works(name, call.environment()));
    return Reply.said(String.join("\n", told));
  }

  private void forgetSessions(String name, CallerEnvironment environment) {
    int _ = daemon.sessions().forget(Optional.empty(), environment, _ -> false, name::equals);
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
          "That is no access key ID: AWS's have 16 or more letters and digits, such as"
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
    if (secret.reveal().isBlank() || secret.reveal().chars().anyMatch(Character::isISOControl)) {
      throw new JvaultException(
          ExitCode.USAGE, "That is no secret access key; nothing was stored.");
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

  private Optional<String> section(String name, Call call) {
    CallerEnvironment environment = call.environment();
    if (summaries(environment).stream().anyMatch(profile -> profile.name().equals(name))) {
      return Optional.empty();
    }
    String file = daemon.profiles().files(environment).config().toString();
    String header = name.equals("default") ? "[default]" : "[profile " + name + "]";
    if (!Confirmation.given(call, "Add " + header + " to " + file + "?")) {
      return Optional.of(
          "Note: " + file + " has no " + header + "; `jvault exec " + name + "` works without.");
    }
    daemon.profiles().addSection(name, environment);
    return Optional.of("Added " + header + " to " + file + ".");
  }

  private String works(String name, CallerEnvironment environment) {
    List<String> profiles = new ArrayList<>(daemon.profiles().dependingOn(name, environment));
    if (!profiles.contains(name)) {
      profiles.addFirst(name);
    }
    return "Profiles that work now: " + String.join(", ", profiles) + ".";
  }

  private List<ProfileSummary> summaries(CallerEnvironment environment) {
    return daemon.profiles().list(environment, OpenProfiles.storedKeys(daemon.vault()));
  }
}
