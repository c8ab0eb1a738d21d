package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows the daemon's log, which needs no running daemon, or its audit. */
final class LogVerb extends Verb {
  private static final List<String> AUDIT_OPTIONS = List.of("profile", "since", "json");

  LogVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "log",
            "show the daemon's log, or who got which credentials",
            "[-f|--follow] | --audit [--profile NAME] [--since TIME] [--json]",
            List.of("jvault log -f", "jvault log --audit --profile dev --since 1h")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption("f", "follow", false, "keep printing new lines")
        .addOption(null, "audit", false, "show who got which credentials")
        .addOption(valued("profile", "NAME", "with --audit: this profile only"))
        .addOption(valued("since", "TIME", "with --audit: not older than, as in 30m, 1h or 2d"))
        .addOption(null, "json", false, "with --audit: as JSON, one object a line");
  }

  @Override
  void check(Arguments arguments) {
    refuseBoth(arguments, "audit", "follow");
    refuseNoName(arguments.values("profile"));
    for (String option : AUDIT_OPTIONS) {
      if (arguments.has(option) && !arguments.has("audit")) {
        throw usage("--" + option + " is for --audit only; give both, or neither.");
      }
      if (arguments.values(option).size() > 1) {
        throw usage("--" + option + " is given more than once; give it once.");
      }
    }
    if (arguments.has("since") && arguments.value("since").isEmpty()) {
      throw usage("--since is empty; give a span of time such as 30m, 1h or 2d.");
    }
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    if (arguments.has("audit")) {
      return client.callAndPrint("audit", client.fitted(arguments.form()));
    }
    return copy(arguments.has("follow"), client);
  }

  /** Copies the daemon's log to the client's output, and what is added to it if that is asked. */
  static int copy(boolean follow, Client client) throws IOException {
    var log = new LogReader(client.invocation().files().log(), client.out());
    if (follow) {
      Path _ = new DaemonLauncher(client.invocation()).stateFolder();
      return log.follow();
    }
    return log.copy() ? ExitCode.OK.status() : client.print("There is no log yet.\n");
  }
}
