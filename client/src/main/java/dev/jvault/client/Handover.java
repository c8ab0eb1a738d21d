package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.protocol.StartLock;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the running daemon by one of this program without a gap: the old daemon shares its ports
 * and releases its files, the new one starts and opens the same ports, and the old one ends. The
 * new daemon keeps the same profiles ready.
 */
final class Handover {
  /**
   * What a handover did.
   *
   * @param oldPid the process id of the daemon that ended
   * @param newPid that of the daemon that runs now
   */
  record Result(long oldPid, long newPid) {}

  private final Client client;
  private final RememberingPrompter prompter;

  private Handover(Client client, RememberingPrompter prompter) {
    this.client = client;
    this.prompter = prompter;
  }

  /**
   * Replaces the running daemon.
   *
   * @return empty if that daemon does not know how to hand over
   * @throws JvaultException if it refuses, or if the new daemon does not start
   */
  static Optional<Result> replace(Client client) throws NoDaemonException {
    try (var _ = startLock(client)) {
      return run(client);
    }
  }

  /**
   * Replaces the running daemon if it is of another version. A daemon that cannot hand over is
   * asked to stop, which it does if it serves no credentials.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} if it does serve some
   */
  static void replaceOtherVersion(Client client) {
    try (var _ = startLock(client)) {
      RunningDaemon daemon = RunningDaemon.find(client);
      // Another client may have replaced it while we waited for the lock.
      boolean replaced =
          daemon.speaksOurProtocol()
              && (daemon.program().equals(client.invocation().program())
                  || run(client).isPresent());
      if (!replaced) {
        stopIfIdle(client, daemon);
      }
    } catch (NoDaemonException _) {
      // The one that is started next is of our version.
    }
  }

  private static StartLock startLock(Client client) {
    return StartLock.take(new DaemonLauncher(client.invocation()).stateFolder());
  }

  private static void stopIfIdle(Client client, RunningDaemon daemon) throws NoDaemonException {
    ControlClient control = client.control();
    Response response = control.anyVersion("stop-if-idle", new Form());
    if (response.status() != 200) {
      throw control.otherVersion(response);
    }
    if (response.exit() != ExitCode.OK.status()) {
      throw response.message().isEmpty()
          ? control.otherVersion(response)
          : new JvaultException(ExitCode.DAEMON, response.message());
    }
    daemon.awaitEnd(client);
  }

  private static Optional<Result> run(Client client) throws NoDaemonException {
    try (var prompter = new RememberingPrompter(client.prompter())) {
      return Optional.of(new Handover(client.with(prompter), prompter).run());
    } catch (JvaultException e) {
      if (e.errorCode() == ErrorCode.UNKNOWN_VERB) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Result run() throws NoDaemonException {
    Response begun = client.callRunning("handover", new Form());
    if (begun.exit() != ExitCode.OK.status()) {
      throw new JvaultException(ExitCode.of(begun.exit()), begun.errorCode(), begun.message());
    }
    RunningDaemon old = RunningDaemon.of(begun, client.invocation());
    List<String> lines = begun.text().lines().toList();
    int end = lines.indexOf("");
    List<String> options = lines.subList(0, end);
    if (options.equals(List.of(Routes.SOCKETS_KEPT))) {
      return followedBySystemd(old, lines.subList(end + 1, lines.size()));
    }
    if (options.equals(Client.ANY_PORT)) {
      // The system cannot share ports, so the old daemon is about to end.
      old.awaitEnd(client);
    }
    try {
      new DaemonLauncher(client.invocation()).start(options);
      Response finished = finish(lines.subList(end + 1, lines.size()));
      return new Result(old.pid(), RunningDaemon.of(finished, client.invocation()).pid());
    } finally {
      // The new daemon has all it needs, or it did not start: then no client can reach the old one.
      end(old);
    }
  }

  /** The next request waits in the socket until systemd has started the new daemon. */
  private Result followedBySystemd(RunningDaemon old, List<String> keptReady)
      throws NoDaemonException {
    if (!old.awaitEnd(client)) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The daemon (pid " + old.pid() + ") has not ended yet; see `jvault log`.");
    }
    Response finished = finish(keptReady);
    return new Result(old.pid(), RunningDaemon.of(finished, client.invocation()).pid());
  }

  private void end(RunningDaemon old) {
    boolean _ = old.terminate();
    if (!client.control().daemonListens()) {
      old.awaitEnd(client);
    }
  }

  private Response finish(List<String> keptReady) throws NoDaemonException {
    prompter.repeat();
    var form = new Form();
    keptReady.forEach(profile -> form.add("profile", profile));
    Response response = client.callRunning("handover-finish", form);
    client.warn(response);
    return response;
  }
}
