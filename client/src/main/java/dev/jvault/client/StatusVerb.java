package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows the daemon's state and the sessions that it serves. */
final class StatusVerb extends Verb {
  StatusVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "status",
            "show what runs, what it serves and what went wrong",
            "[--json]",
            List.of("jvault status", "jvault status --json")));
  }

  @Override
  Options options() {
    return new Options().addOption(null, "json", false, "as JSON");
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    if (client.search().startsAtARequest()) {
      return client.print(
          arguments.has("json")
              ? "{\"running\":false}\n"
              : "jvault is not running; systemd starts it at the next request.\n");
    }
    try {
      return client.print(client.callRunning("status", client.fitted(arguments.form())));
    } catch (NoDaemonException _) {
      if (!client.search().noneRuns()) {
        return run(arguments, client);
      }
      return client.print(
          arguments.has("json") ? "{\"running\":false}\n" : "jvault is not running.\n");
    }
  }
}
