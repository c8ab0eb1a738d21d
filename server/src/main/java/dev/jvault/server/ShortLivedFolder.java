package dev.jvault.server;

import dev.jvault.lifecycle.OwnSocket;
import dev.jvault.protocol.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of its own for a control socket, in a folder that others may write to. Its name is
 * random and it is made for the owner only, so that no other user can occupy it.
 *
 * @param socket the path of the socket
 * @param file the socket, once it is there
 */
record ShortLivedFolder(Path socket, OwnSocket file) {
  private static final Logger LOG = LoggerFactory.getLogger(ShortLivedFolder.class);
  private static final String PREFIX = "jvault-";
  private static final String SOCKET = "control.sock";

  /** Makes one; empty if that is impossible there. */
  static Optional<ShortLivedFolder> in(Path parent) {
    try {
      Path folder =
          Files.createTempDirectory(
              parent,
              PREFIX,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Optional.of(at(folder.resolve(SOCKET)));
    } catch (IOException e) {
      LOG.info("event=no_folder_here path={} reason=\"{}\"", parent, FileFault.reason(e));
      return Optional.empty();
    }
  }

  /** The folders in which a daemon with these variables makes one, the best first. */
  static List<Path> parents(Map<String, String> environment) {
    return Stream.of(
            environment.getOrDefault("XDG_RUNTIME_DIR", ""),
            environment.getOrDefault("TMPDIR", ""),
            "/tmp")
        .filter(path -> path.startsWith("/"))
        .distinct()
        .map(Path::of)
        .toList();
  }

  /** Removes the folder that a killed daemon left behind, if this file has its path. */
  static void removeAbandoned(Path wellKnown) {
    if (!Files.isRegularFile(wellKnown, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Path socket = Path.of(Files.readString(wellKnown).strip());
      Path folder = socket.getParent();
      if (socket.endsWith(SOCKET)
          && folder != null
          && String.valueOf(folder.getFileName()).startsWith(PREFIX)) {
        remove(socket);
      }
    } catch (InvalidPathException _) {
      LOG.info("event=abandoned_socket_kept reason=\"the file names no path\"");
    } catch (IOException e) {
      LOG.info("event=abandoned_socket_kept reason=\"{}\"", FileFault.reason(e));
    }
  }

  /** The same, with the socket that is there now. */
  ShortLivedFolder inUse() {
    return at(socket);
  }

  /** Whether the socket is still there. */
  boolean present() {
    return file.present();
  }

  /** Removes the folder. */
  void close() {
    try {
      remove(socket);
    } catch (IOException e) {
      LOG.info("event=socket_folder_kept path={} reason=\"{}\"", socket, FileFault.reason(e));
    }
  }

  private static ShortLivedFolder at(Path socket) {
    return new ShortLivedFolder(socket, new OwnSocket(socket));
  }

  private static void remove(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socket.resolveSibling(""));
  }
}
