package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.util.List;

/** Stops the daemon, of any version, and waits until its process has ended. */
final class StopVerb extends Verb {
  StopVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "stop",
            "stop the daemon",
            "",
            List.of("jvault stop", "jvault stop && jvault server --background")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    ControlClient control = client.control();
    try {
      RunningDaemon daemon = RunningDaemon.find(client);
      Response response = control.anyVersion("stop", arguments.form());
      if (response.status() != 200) {
        if (!daemon.terminate()) {
          throw control.otherVersion(response);
        }
      } else if (response.exit() != ExitCode.OK.status()) {
        return client.print(response);
      }
      client.warn(response);
      if (!daemon.awaitEnd(client)) {
        throw new JvaultException(
            ExitCode.DAEMON,
            "The daemon (pid " + daemon.pid() + ") has not ended yet; see `jvault log`.");
      }
      return client.print("jvault has stopped.\n");
    } catch (NoDaemonException _) {
      return client.print("jvault is not running.\n");
    }
  }
}
