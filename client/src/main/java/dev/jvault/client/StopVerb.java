package dev.jvault.client;

import dev.jvault.protocol.DaemonLock;
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
    try {
      return stop(RunningDaemon.find(client), arguments, client);
    } catch (NoDaemonException _) {
      return stopUnreachable(arguments, client);
    }
  }

  private static int stop(RunningDaemon daemon, Arguments arguments, Client client)
      throws IOException, NoDaemonException {
    Response response = client.control().anyVersion("stop", arguments.form());
    if (response.status() != 200) {
      if (!daemon.terminate()) {
        throw client.control().otherVersion(response);
      }
    } else if (response.exit() != ExitCode.OK.status()) {
      return client.print(response);
    }
    client.warn(response);
    return awaitEnd(daemon, client);
  }

  /** A daemon may have the vault without a control socket, as one that hangs. */
  private int stopUnreachable(Arguments arguments, Client client) throws IOException {
    boolean noneRuns;
    try {
      noneRuns = client.search().noneRuns();
    } catch (JvaultException e) {
      DaemonLock holder = client.search().holder().orElseThrow(() -> e);
      var daemon = new RunningDaemon("", false, holder.pid());
      if (!daemon.terminate()) {
        throw e;
      }
      return awaitEnd(daemon, client);
    }
    return noneRuns ? client.print("jvault is not running.\n") : run(arguments, client);
  }

  private static int awaitEnd(RunningDaemon daemon, Client client) throws IOException {
    if (!daemon.awaitEnd(client)) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The daemon (pid " + daemon.pid() + ") has not ended yet; see `jvault log`.");
    }
    return client.print("jvault has stopped.\n");
  }
}
