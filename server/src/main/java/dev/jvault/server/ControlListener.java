package dev.jvault.server;

import dev.jvault.control.ControlApi;
import dev.jvault.files.OwnerFiles;
import dev.jvault.http.ControlServer;
import dev.jvault.http.PortTakenException;
import dev.jvault.lifecycle.DaemonPlace;
import dev.jvault.lifecycle.OwnSocket;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.systemd.InheritedSocket;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket, at its well-known path beside the vault. If no socket can be made there, it
 * is in a short-lived folder, and the well-known path is a file with its path. Replaces what a
 * killed daemon left behind. Safe for many threads.
 */
final class ControlListener implements DaemonPlace.Entrance, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);

  /** The limit is 104 bytes on macOS and 108 on Linux, with the terminating zero. */
  private static final int LONGEST_SOCKET_PATH = 103;

  private final Path wellKnown;
  private final ControlApi api;
  private final long pid;
  private final List<Path> shortFolders;
  private Optional<InheritedSocket> inherited;
  private @Nullable ControlServer server;
  private OwnSocket own;
  private Optional<ShortLivedFolder> elsewhere = Optional.empty();
  private int made;

  /**
   * Opens the socket.
   *
   * @param wellKnown the path at which clients look
   * @param pid this daemon's process id
   * @param shortFolders the folders for a socket elsewhere, the best first
   * @param inherited the socket that systemd keeps; empty to make one
   * @throws JvaultException if there is no place for a socket
   */
  ControlListener(
      Path wellKnown,
      ControlApi api,
      long pid,
      List<Path> shortFolders,
      Optional<InheritedSocket> inherited) {
    this.wellKnown = wellKnown;
    this.api = api;
    this.pid = pid;
    this.shortFolders = List.copyOf(shortFolders);
    this.own = new OwnSocket(wellKnown);
    this.inherited = inherited;
    if (inherited.isPresent()) {
      inherit(inherited.get());
    } else {
      open();
    }
  }

  @Override
  public synchronized boolean present() {
    return own.present() && elsewhere.map(ShortLivedFolder::present).orElse(true);
  }

  @Override
  public synchronized void open() {
    inherited = Optional.empty();
    OwnerFiles.folder(wellKnown.resolveSibling(""));
    ShortLivedFolder.removeAbandoned(wellKnown);
    elsewhere.ifPresent(ShortLivedFolder::close);
    elsewhere = Optional.empty();
    if (!openHere()) {
      elsewhere = Optional.of(openElsewhere());
    }
    own = new OwnSocket(wellKnown);
  }

  /** The folders in which a deletion may hide this daemon from its clients. */
  synchronized Stream<Path> folders() {
    Path folder = wellKnown.resolveSibling("");
    return Stream.concat(
        Stream.of(folder.resolveSibling(""), folder),
        elsewhere.map(there -> there.socket().resolveSibling("")).stream());
  }

  /** Leaves the well-known path to another daemon; requests in progress are still answered. */
  synchronized void giveUp() {
    leave();
  }

  /** Whether systemd keeps the socket, and clients find it. */
  synchronized boolean inherited() {
    return inherited.isPresent();
  }

  /** How many requests there have been. */
  synchronized long requests() {
    return server == null ? 0 : server.requests();
  }

  /** Whether no client is connected. */
  synchronized boolean quiet() {
    return server == null || server.quiet();
  }

  /** Lets new connections wait in the socket that systemd keeps. */
  synchronized void pause() {
    accept(false);
  }

  /** Accepts connections again. */
  synchronized void resume() {
    accept(true);
  }

  @Override
  public synchronized void close() {
    leave();
    if (server != null) {
      server.close();
    }
    elsewhere.ifPresent(ShortLivedFolder::close);
  }

  /** The socket of systemd stays: there, connections wait for the next daemon. */
  private void leave() {
    if (inherited.isEmpty()) {
      own.close();
    }
  }

  private void accept(boolean accepting) {
    if (server != null) {
      server.accept(accepting);
    }
  }

  private void inherit(InheritedSocket socket) {
    checkPath(socket);
    Path unused = wellKnown.resolveSibling("control." + pid);
    OwnerFiles.delete(unused);
    try {
      server = ControlServer.startInherited(socket, unused, api.routes());
      own = new OwnSocket(wellKnown);
    } catch (PortTakenException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The control socket of jvault's socket unit cannot be used: " + e.reason() + ".",
          e);
    } finally {
      OwnerFiles.delete(unused);
    }
  }

  /** Clients look at the well-known path only, so a socket elsewhere would never be found. */
  private void checkPath(InheritedSocket socket) {
    Path path =
        socket.address() instanceof UnixDomainSocketAddress unix ? unix.getPath() : Path.of("");
    try {
      Path folder = path.resolveSibling("").toRealPath();
      if (folder.resolve(path.getFileName()).equals(wellKnown)) {
        return;
      }
    } catch (IOException _) {
      // A folder that does not exist is not the right one.
    }
    throw new JvaultException(
        ExitCode.DAEMON,
        "jvault's socket unit has the control socket %s, but commands of this user look for it at %s; correct jvault.socket, or run `jvault service install`."
            .formatted(path, wellKnown));
  }

  /**
   * The socket is made under another name and then renamed, because the server deletes the name it
   * was given when it stops: by then the well-known name may be another daemon's.
   */
  private boolean openHere() {
    made++;
    Path socket = wellKnown.resolveSibling("control." + pid + "." + made);
    OwnerFiles.delete(socket);
    if (!listens(socket)) {
      return false;
    }
    try {
      Files.move(socket, wellKnown, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The socket " + wellKnown + " cannot be made: " + FileFault.reason(e) + ".",
          e);
    }
  }

  private ShortLivedFolder openElsewhere() {
    for (Path folder : shortFolders) {
      Optional<ShortLivedFolder> there = ShortLivedFolder.in(folder);
      if (there.isPresent() && listens(there.get().socket())) {
        ShortLivedFolder found = there.get().inUse();
        OwnerFiles.write(wellKnown, found.socket() + "\n");
        LOG.info("event=control_socket_elsewhere path={}", found.socket());
        return found;
      }
      there.ifPresent(ShortLivedFolder::close);
    }
    throw new JvaultException(
        ExitCode.DAEMON,
        "No control socket can be made beside "
            + wellKnown
            + " or in "
            + shortFolders
            + "; set JVAULT_HOME to a folder with a shorter path.");
  }

  private boolean listens(Path socket) {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
      return false;
    }
    try {
      if (server == null) {
        server = ControlServer.start(socket, api.routes());
      } else {
        server.moveTo(socket);
      }
      return true;
    } catch (PortTakenException e) {
      LOG.warn("event=no_socket_here path={} reason=\"{}\"", socket, e.reason());
      return false;
    }
  }
}
