package dev.jvault.client;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops the daemon, of any version, and waits until its process has ended. */
final class StopVerb extends Verb {
  /** A daemon that answers at all does so at once; the machine may be busy. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  /** After this a process that was sent a signal is killed. */
  private static final Duration LONGEST_SIGNAL = Duration.ofSeconds(5);

  /** The daemon and its answer. */
  private record Asked(RunningDaemon daemon, Response response) {}

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
    if (client.search().startsAtARequest()) {
      return client.print(
          "jvault is not running; systemd starts it at the next request, unless you run `systemctl"
              + " --user stop jvault.socket`.\n");
    }
    try {
      Optional<Asked> asked = ask(arguments, client);
      return asked.isPresent() ? stop(asked.get(), client) : end(client);
    } catch (NoDaemonException _) {
      return stopUnreachable(arguments, client);
    }
  }

  /** Asks the daemon to stop; empty if there is no answer in time. */
  private static Optional<Asked> ask(Arguments arguments, Client client) throws NoDaemonException {
    BackgroundRequest<Asked> asked =
        BackgroundRequest.start(() ->
            new Asked(
                RunningDaemon.find(client), client.control().anyVersion("stop", arguments.form())));
    return asked.endsWithin(LONGEST_ANSWER) ? Optional.of(asked.result()) : Optional.empty();
  }

  /** Ends the process of a daemon that does not answer: by a signal, else by force. */
  private static int end(Client client) throws IOException {
    DaemonLock holder = client.search().holder().orElseThrow(() -> client.search().unreachable());
    Optional<ProcessHandle> process = ProcessHandle.of(holder.pid());
    boolean _ = process.map(ProcessHandle::destroy).orElse(false);
    try {
      if (!ProcessState.awaitEnd(holder.pid(), LONGEST_SIGNAL)) {
        boolean _ = process.map(ProcessHandle::destroyForcibly).orElse(false);
      }
    } catch (InterruptedException e) {
      throw BackgroundRequest.interrupted(e);
    }
    return awaitEnd(new RunningDaemon("", false, holder.pid()), client);
  }

  private static int stop(Asked asked, Client client) throws IOException, NoDaemonException {
    RunningDaemon daemon = asked.daemon();
    Response response = asked.response();
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
