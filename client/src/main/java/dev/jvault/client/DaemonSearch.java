package dev.jvault.client;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks for a daemon that has this caller's vault and does not listen, so that no command says that
 * none runs while one serves credentials.
 */
final class DaemonSearch {
  /** Long, because many clients that start at once keep the machine busy. */
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  /** A daemon makes a deleted control socket again at once. */
  private static final Duration LONGEST_REPAIR = Duration.ofSeconds(5);

  private final Invocation invocation;
  private final ControlClient control;

  DaemonSearch(Invocation invocation, ControlClient control) {
    this.invocation = invocation;
    this.control = control;
  }

  /** The living process that has the daemon's lock. */
  Optional<DaemonLock> holder() {
    return DaemonLock.read(lock()).filter(DaemonLock::living);
  }

  /**
   * Waits until a starting daemon listens.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} if a daemon has the vault and does not
   */
  void awaitStart() {
    if (!listensWithin(LONGEST_START) && hasVault()) {
      throw unreachable();
    }
  }

  /**
   * Whether no daemon has the vault, after a moment for one that is just making its socket.
   *
   * @throws JvaultException with {@link ExitCode#DAEMON} if one has it and does not listen
   */
  boolean noneRuns() {
    if (!hasVault()) {
      return true;
    }
    if (listensWithin(LONGEST_REPAIR)) {
      return false;
    }
    if (!hasVault()) {
      return true;
    }
    throw unreachable();
  }

  /** Waits until a daemon listens; false if none does. */
  boolean listensWithin(Duration longest) {
    new DaemonLauncher(invocation).runFolder();
    return FolderWatch.await(invocation.files().run(), control::daemonListens, longest);
  }

  /** The failure if a daemon has the vault and cannot be reached. */
  JvaultException unreachable() {
    return new JvaultException(
        ExitCode.DAEMON,
        holder()
            .map(holder ->
                "The jvault daemon (pid %d) has the vault and does not answer; see `jvault log`, or"
                        .formatted(holder.pid())
                    + " end it with `kill %d`.".formatted(holder.pid()))
            .orElseGet(() ->
                "A jvault daemon that this system does not show, in a container or on another"
                    + " machine, has the vault ("
                    + lock()
                    + " is locked); stop it there."));
  }

  private boolean hasVault() {
    return holder().isPresent() || DaemonLock.held(lock());
  }

  private Path lock() {
    return invocation.files().daemonLock();
  }
}
