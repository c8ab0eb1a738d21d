package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Replaces the daemon by a new one, while programs go on reading from its ports. */
final class RestartVerb extends Verb {
  RestartVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "restart",
            "replace the daemon by a new one, as after an upgrade; its users notice nothing",
            "",
            List.of("jvault restart", "JVAULT_PASSPHRASE_FILE=pass.txt jvault restart")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    long begun = System.nanoTime();
    try {
      Handover.Result result =
          Handover.replace(client)
              .orElseThrow(() ->
                  new JvaultException(
                      ExitCode.DAEMON,
                      "The daemon that runs is too old to hand over; run `jvault stop`, then"
                          + " `jvault restart`."));
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      return client.print(
          "jvault has restarted: pid %d is followed by pid %d, in %d ms.\n"
              .formatted(result.oldPid(), result.newPid(), millis));
    } catch (NoDaemonException _) {
      return start(client);
    }
  }

  private static int start(Client client) throws IOException {
    client.start(Client.ANY_PORT);
    if (client.invocation().hasPassphrase()) {
      // Opens the vault, as after a handover.
      Response opened = client.call("server", new Form());
      if (opened.exit() != ExitCode.OK.status()) {
        return client.print(opened);
      }
    }
    try {
      return client.print(
          "jvault was not running and has started: pid %d.\n"
              .formatted(RunningDaemon.find(client).pid()));
    } catch (NoDaemonException e) {
      throw new JvaultException(
          ExitCode.DAEMON, "The daemon ended right after its start; see `jvault log`.", e);
    }
  }
}
