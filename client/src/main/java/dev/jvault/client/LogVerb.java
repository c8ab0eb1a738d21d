package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows the daemon's log. */
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
    try {
      client.control().stream("log", words.form(), client.out());
      return ExitCode.OK.status();
    } catch (NoDaemonException _) {
      if (words.has("follow")) {
        throw new JvaultException(
            ExitCode.DAEMON, "jvault is not running, so nothing is written; run `jvault log`.");
      }
      return copy(client);
    }
  }

  private static int copy(Client client) throws IOException {
    Path log = client.caller().files().log();
    if (!Files.exists(log)) {
      return client.print("jvault is not running, and has written no log.\n");
    }
    Files.copy(log, client.out());
    return ExitCode.OK.status();
  }
}
