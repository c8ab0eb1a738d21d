package dev.jvault.client;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProcessState;
import dev.jvault.protocol.Routes;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The daemon that holds the control socket.
 *
 * @param program its version; empty if it does not say
 * @param speaksOurProtocol whether it understands all our requests
 * @param pid its process id, or 0 if unknown
 */
record RunningDaemon(String program, boolean speaksOurProtocol, long pid) {
  private static final Duration LONGEST_END = Duration.ofMinutes(1);

  /** Asks the running daemon who it is. */
  static RunningDaemon find(Client client) throws NoDaemonException {
    return of(client.control().daemon(), client.invocation());
  }

  /** The daemon that sent a response. */
  static RunningDaemon of(Response response, Invocation invocation) {
    long pid = number(response.header(Routes.PID));
    return new RunningDaemon(
        response.header(Routes.PROGRAM),
        response.speaksOurProtocol(),
        pid > 0 ? pid : lockedPid(invocation));
  }

  /**
   * The process id in the daemon's lock file, or 0. Daemons before protocol 2 tell it nowhere else,
   * and have that file among the runtime files.
   */
  private static long lockedPid(Invocation invocation) {
    return Stream.of(
            invocation.files().daemonLock(), invocation.files().run().resolve("daemon.lock"))
        .flatMap(file -> DaemonLock.read(file).stream())
        .mapToLong(DaemonLock::pid)
        .findFirst()
        .orElse(0);
  }

  /** Sends the process a signal to end; false if there is no such process. */
  boolean terminate() {
    return process().map(ProcessHandle::destroy).orElse(false);
  }

  /** Waits until the process has ended, at most a minute; false if it has not. */
  boolean awaitEnd(Client client) {
    return pid > 0
        ? awaitEnd()
        : FolderWatch.await(
            client.invocation().files().run(),
            () -> !client.control().daemonListens(),
            LONGEST_END);
  }

  private Optional<ProcessHandle> process() {
    return pid > 0 ? ProcessHandle.of(pid) : Optional.empty();
  }

  private boolean awaitEnd() {
    try {
      return ProcessState.awaitEnd(pid, LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JvaultException(ExitCode.INTERRUPTED, "The wait was interrupted; try again.", e);
    }
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
