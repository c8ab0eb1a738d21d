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
        new Manual(
            "stop",
            "end the daemon",
            "",
            List.of("jvault stop", "jvault stop && jvault server --background")));
  }

  @Override
  int run(Words words, Client client) throws IOException {
    long pid = RunningDaemon.pid(client.caller());
    try {
      Answer answer = client.control().anyVersion("stop", words.form());
      if (answer.status() == 200 && answer.exit() != ExitCode.OK.status()) {
        return client.print(answer);
      }
      if (answer.status() != 200) {
        RunningDaemon.terminate(pid, client.control().otherVersion(answer));
      }
      if (!RunningDaemon.awaitEnd(pid, client.control())) {
        throw new JvaultException(
            ExitCode.DAEMON, "The daemon (pid " + pid + ") has not ended yet; see `jvault log`.");
      }
      return answer.status() == 200 ? client.print(answer) : ExitCode.OK.status();
    } catch (NoDaemonException _) {
      return client.print("jvault is not running.\n");
    }
  }
}
