package dev.jvault.client;

import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the control socket of the daemon that has this caller's vault, and connects to it. It lies
 * beside the vault, or is named there; daemons of older versions have it in the user's runtime
 * folder.
 */
final class ControlSocket {
  private final Invocation invocation;

  ControlSocket(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Connects.
   *
   * @throws NoDaemonException if no daemon listens
   * @throws JvaultException if the folder of the socket is not this user's alone
   */
  SocketChannel connect() throws NoDaemonException, IOException {
    RuntimeFolder.check(invocation);
    Optional<Path> socket = here();
    if (socket.isPresent()) {
      try {
        return connect(socket.get());
      } catch (NoDaemonException _) {
        // A killed daemon left its socket behind.
      }
    }
    return connect(new FormerDaemon(invocation).socket().orElseThrow(NoDaemonException::new));
  }

  /** The socket at the well-known path, or the one that a file at that path names. */
  private Optional<Path> here() throws IOException {
    Path wellKnown = invocation.files().controlSocket();
    if (!Files.isRegularFile(wellKnown, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(wellKnown).filter(Files::exists);
    }
    Path named;
    try {
      named = Path.of(Files.readString(wellKnown).strip());
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
    // After a restart of the machine, another user may have made a folder of that name.
    return Optional.of(named)
        .filter(Path::isAbsolute)
        .filter(path -> RuntimeFolder.isOwn(path.resolveSibling(""), invocation.uid()))
        .filter(Files::exists);
  }

  /** Whether a daemon listens on one socket. */
  static boolean listens(Path socket) {
    try (SocketChannel channel = connect(socket)) {
      return channel.isConnected();
    } catch (NoDaemonException | IOException _) {
      return false;
    }
  }

  /** Connects to one socket. */
  static SocketChannel connect(Path socket) throws NoDaemonException, IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      if (e instanceof ConnectException || !Files.exists(socket)) {
        throw new NoDaemonException();
      }
      throw e;
    }
  }
}
