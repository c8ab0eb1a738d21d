package dev.jvault.client;

import dev.jvault.protocol.DaemonLock;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for a daemon that has this caller's vault and does not listen, so that no command says that
 * none runs while one serves credentials.
 */
final class DaemonSearch {
  /** Long, because many clients that start at once keep the machine busy. */
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  /** A daemon makes a deleted control socket again at once. */
  private static final Duration LONGEST_REPAIR = Duration.ofSeconds(5);

  /** The flags of a listening socket, between its protocol and its type. */
  private static final String LISTENING = " 00010000 ";

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

  /** The failure if a daemon takes requests and never answers. */
  JvaultException silent() {
    return new JvaultException(
        ExitCode.DAEMON,
        holder()
            .map(holder ->
                "The jvault daemon (pid %d) does not answer; end it with `jvault stop`, which kills"
                        .formatted(holder.pid())
                    + " it if it must.")
            .orElse(
                "No jvault daemon answers on the control socket; `jvault log` may have the"
                    + " reason."));
  }

  /**
   * Whether a request would start a daemon: none has the vault, and systemd keeps the control
   * socket. Says so without a request.
   */
  boolean startsAtARequest() {
    if (hasVault()) {
      return false;
    }
    String path = " " + invocation.files().real().controlSocket();
    // Names of other programs' sockets may be any bytes.
    String raw = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (Stream<String> sockets =
        Files.lines(Path.of("/proc/net/unix"), StandardCharsets.ISO_8859_1)) {
      return sockets.anyMatch(line -> line.endsWith(raw) && line.contains(LISTENING));
    } catch (IOException | UncheckedIOException _) {
      return false;
    }
  }

  private boolean hasVault() {
    return holder().isPresent() || DaemonLock.held(lock()) || formerHolder();
  }

  /** Daemons before protocol 2 have their lock beside the control socket. */
  private boolean formerHolder() {
    return DaemonLock.read(invocation.files().run().resolve("daemon.lock"))
        .filter(DaemonLock::living)
        .isPresent();
  }

  private Path lock() {
    return invocation.files().daemonLock();
  }
}
