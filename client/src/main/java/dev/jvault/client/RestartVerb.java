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
  int run(Arguments words, Client client) throws IOException {
    long begun = System.nanoTime();
    long before = RunningDaemon.pid(client.caller());
    try {
      if (!Handover.replace(client)) {
        throw new JvaultException(
            ExitCode.DAEMON,
            "The daemon that runs is too old to hand over; run `jvault stop`, then `jvault"
                + " restart`.");
      }
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      return client.print(
          "jvault has restarted: pid %d is followed by pid %d, in %d ms.\n"
              .formatted(before, RunningDaemon.pid(client.caller()), millis));
    } catch (NoDaemonException _) {
      client.start(Client.ANY_PORT);
      return client.print(
          "jvault was not running and has started: pid %d.\n"
              .formatted(RunningDaemon.pid(client.caller())));
    }
  }
}
