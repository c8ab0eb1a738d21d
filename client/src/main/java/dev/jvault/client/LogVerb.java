package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows the daemon's log, also while none runs. */
final class LogVerb extends Verb {
  LogVerb() {
    super(
        Names.NONE,
        new Manual(
            "log",
            "show the daemon's log",
            "[-f|--follow]",
            List.of("jvault log", "jvault log -f")));
  }

  @Override
  Options options() {
    return new Options().addOption("f", "follow", false, "go on showing what is written");
  }

  @Override
  int run(Words words, Client client) throws IOException {
    var log = new LogReader(client.caller().files().log(), client.out());
    if (!log.copy() && !words.has("follow")) {
      return client.print("There is no log yet.\n");
    }
    return words.has("follow") ? log.follow() : 0;
  }
}
