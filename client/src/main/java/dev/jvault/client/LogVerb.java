package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Shows the daemon's log, also while none runs, or the daemon's audit. */
final class LogVerb extends Verb {
  private static final List<String> OF_THE_AUDIT = List.of("profile", "since", "json");

  LogVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "log",
            "show the daemon's log, or who was given which credentials",
            "[-f|--follow] | --audit [--profile NAME] [--since TIME] [--json]",
            List.of("jvault log -f", "jvault log --audit --profile dev --since 1h")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption("f", "follow", false, "go on showing what is written")
        .addOption(null, "audit", false, "show who was given which credentials")
        .addOption(valued("profile", "NAME", "with --audit: of this profile only"))
        .addOption(valued("since", "TIME", "with --audit: not older than 30m, 1h or 2d"))
        .addOption(null, "json", false, "with --audit: as JSON, one object a line");
  }

  @Override
  void check(Arguments words) {
    refuseBoth(words, "audit", "follow");
    refuseNoName(words.values("profile"));
    for (String option : OF_THE_AUDIT) {
      if (words.has(option) && !words.has("audit")) {
        throw usage("--" + option + " is for --audit only; give both, or neither.");
      }
      if (words.values(option).size() > 1) {
        throw usage("--" + option + " is given more than once; give one of them.");
      }
    }
    if (words.has("since") && words.value("since").isEmpty()) {
      throw usage("--since is empty; give a span of time such as 30m, 1h or 2d.");
    }
  }

  @Override
  int run(Arguments words, Client client) throws IOException {
    if (words.has("audit")) {
      return client.ask("audit", client.fitted(words.form()));
    }
    var log = new LogReader(client.caller().files().log(), client.out());
    if (!log.copy() && !words.has("follow")) {
      return client.print("There is no log yet.\n");
    }
    return words.has("follow") ? log.follow() : 0;
  }

  private static Option valued(String name, String value, String description) {
    return Option.builder().longOpt(name).hasArg().argName(value).desc(description).get();
  }
}
