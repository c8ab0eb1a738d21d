package dev.jvault.peer;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells whose process holds the other end of a TCP connection on this machine. */
public interface PeerLookup extends AutoCloseable {
  /** For systems without tables that a process may read: it says that it cannot tell. */
  PeerLookup UNKNOWN =
      new PeerLookup() {
        @Override
        public boolean canTell() {
          return false;
        }

        @Override
        public Optional<Peer> peer(InetSocketAddress client, InetSocketAddress server) {
          return Optional.empty();
        }
      };

  /** The best way of this system. */
  static PeerLookup ofThisSystem() {
    Path tables = Path.of("/proc/net");
    return Files.isReadable(tables.resolve("tcp"))
        ? new NetlinkPeerLookup(new ProcPeerLookup(tables))
        : UNKNOWN;
  }

  /**
   * Does what only the first question needs, which may take tens of milliseconds: linking native
   * calls. For a thread of its own; questions that come meanwhile are answered in a slower way.
   */
  default void prepare() {}

  /** Whether an absent answer means that there is no such peer, not that nobody can know. */
  boolean canTell();

  /**
   * Whose process holds the client's socket, and which socket it is. A connection that the kernel
   * redirected to a link-local address is found as well: there the client's socket names another
   * server.
   *
   * @param client the client's address and port, as the accepted socket names them
   * @param server the address and port that the client reached
   * @return the user and the socket; empty when no living process of this network namespace holds
   *     such a socket, or when it is not certain which one does
   */
  Optional<Peer> peer(InetSocketAddress client, InetSocketAddress server);

  @Override
  default void close() {}
}
