package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.util.List;

/** Ends the daemon, of whatever version, and waits until it has ended. */
final class StopVerb extends Verb {
  StopVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "stop",
            "end the daemon",
            "",
            List.of("jvault stop", "jvault stop && jvault server --background")));
  }

  @Override
  int run(Arguments words, Client client) throws IOException {
    ControlClient control = client.control();
    long pid = RunningDaemon.pid(client.caller());
    try {
      Response answer = control.anyVersion("stop", words.form());
      if (answer.status() != 200) {
        RunningDaemon.terminate(pid, control.otherVersion(answer));
      } else if (answer.exit() != ExitCode.OK.status()) {
        return client.print(answer);
      }
      client.warn(answer);
      if (!RunningDaemon.awaitEnd(pid, control)) {
        throw new JvaultException(
            ExitCode.DAEMON, "The daemon (pid " + pid + ") has not ended yet; see `jvault log`.");
      }
      return client.print("jvault has stopped.\n");
    } catch (NoDaemonException _) {
      return client.print("jvault is not running.\n");
    }
  }
}
