package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import java.util.ArrayList;
import java.util.List;

/** All verbs, in the order of the help text. */
final class Verbs {
  private Verbs() {}

  static List<Verb> all() {
    return List.of(
        new AddVerb(),
        new ImportVerb(),
        new ListVerb(),
        new ExplainVerb(),
        new RemoveVerb(),
        new ExecVerb(),
        new EnvVerb(),
        new CredentialProcessVerb(),
        new AllowVerb(),
        new ServerVerb(),
        new ServiceVerb(),
        new SetupVerb(),
        new LinkLocalVerb(),
        new SsoVerb(),
        new UnlockVerb(),
        new LockVerb(),
        new ClearVerb(),
        new GrantsVerb(),
        new RevokeVerb(),
        new RecoveryKeyVerb(),
        new StatusVerb(),
        new DoctorVerb(),
        new RestartVerb(),
        new StopVerb(),
        new LogVerb(),
        new DemoVerb(),
        new VersionVerb(),
        new HelpVerb());
  }

  /** The verb with this name or alias. */
  static Verb named(String word) {
    var names = new ArrayList<String>();
    for (Verb verb : all()) {
      if (verb.help().name().equals(word) || verb.aliases().contains(word)) {
        return verb;
      }
      names.add(verb.help().name());
    }
    String hint =
        NearestNames.to(word, names).stream()
            .findFirst()
            .map(nearest -> "did you mean `" + nearest + "`?")
            .orElse("`jvault help` lists them.");
    throw new JvaultException(ExitCode.USAGE, "There is no verb `" + word + "`; " + hint);
  }
}
