package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All verbs, in the order of the help text. */
final class Verbs {
  /**
   * The verbs that a mistyped one may be taken for: none of them changes a file, a key, a session
   * or a grant of the user's.
   */
  private static final Set<String> HINTED =
      Set.of(
          "list",
          "explain",
          "exec",
          "env",
          "export",
          "credential-process",
          "login",
          "status",
          "doctor",
          "grants",
          "log",
          "unlock",
          "demo",
          "version",
          "help");

  private Verbs() {}

  static List<Verb> all() {
    return List.of(
        new AddVerb(),
        new ImportVerb(),
        new ListVerb(),
        new ExplainVerb(),
        new RemoveVerb(),
        new RotateVerb(),
        new ExecVerb(),
        new EnvVerb(),
        new ExportVerb(),
        new LoginVerb(),
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

  /** Whether a verb has this name. */
  static boolean has(String name) {
    return all().stream().anyMatch(verb -> verb.help().name().equals(name));
  }

  /** The verb with this name or alias. */
  static Verb named(String word) {
    var names = new ArrayList<String>();
    for (Verb verb : all()) {
      if (verb.help().name().equals(word) || verb.aliases().contains(word)) {
        return verb;
      }
      if (HINTED.contains(verb.help().name())) {
        names.add(verb.help().name());
      }
    }
    String hint =
        NearestNames.to(word, names).stream()
            .findFirst()
            .map(nearest -> "did you mean `" + nearest + "`?")
            .orElse("`jvault help` lists them.");
    throw new JvaultException(ExitCode.USAGE, "There is no verb `" + word + "`; " + hint);
  }
}
