package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows profiles, their stored keys, and sessions. */
final class ListVerb extends Verb {
  ListVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "list",
            "show profiles, keys and sessions (also: ls)",
            "[--profiles|--credentials|--sessions] [--json]",
            List.of("jvault list", "jvault list --sessions --json")));
  }

  @Override
  List<String> aliases() {
    return List.of("ls");
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "profiles", false, "only the profiles' names")
        .addOption(null, "credentials", false, "only the profiles that have a key")
        .addOption(null, "sessions", false, "only the sessions, with their time left")
        .addOption(null, "json", false, "as JSON");
  }

  @Override
  void check(Arguments arguments) {
    refuseBoth(arguments, "profiles", "credentials");
    refuseBoth(arguments, "profiles", "sessions");
    refuseBoth(arguments, "credentials", "sessions");
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    return client.callAndPrint("list", client.fitted(arguments.form()));
  }
}
