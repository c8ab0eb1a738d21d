package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows profiles, the keys held for them, and sessions. */
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
  Options options() {
    return new Options()
        .addOption(null, "profiles", false, "only the names of profiles")
        .addOption(null, "credentials", false, "only the profiles that have a key")
        .addOption(null, "sessions", false, "only the sessions, with their time left")
        .addOption(null, "json", false, "as JSON");
  }

  @Override
  void check(Arguments words) {
    refuseBoth(words, "profiles", "credentials");
    refuseBoth(words, "profiles", "sessions");
    refuseBoth(words, "credentials", "sessions");
  }

  @Override
  int run(Arguments words, Client client) throws IOException {
    return client.ask("list", client.fitted(words.form()));
  }
}
