package dev.jvault.peer;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Finds the user and the socket at the other end of a TCP connection on this machine. */
public interface PeerLookup extends AutoCloseable {
  /** For systems whose socket tables a process cannot read; it can never tell. */
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

  /** The best lookup for this system. */
  static PeerLookup ofThisSystem() {
    Path tables = Path.of("/proc/net");
    return Files.isReadable(tables.resolve("tcp"))
        ? new NetlinkPeerLookup(new ProcPeerLookup(tables))
        : UNKNOWN;
  }

  /**
   * Links native calls, which may take tens of milliseconds and would delay the first lookup. To be
   * called on its own thread; until it returns, lookups use a slower way.
   */
  default void prepare() {}

  /** Whether an empty result means that there is no such peer, not that it cannot be known. */
  boolean canTell();

  /**
   * Finds the client's socket and its user. Also finds connections to a link-local address that the
   * kernel redirected here, whose client socket names another server.
   *
   * @param client the client's address and port, as the accepted socket names them
   * @param server the address and port that the client reached
   * @return the user and the socket; empty if no process of this network namespace holds such a
   *     socket, or if it is ambiguous
   */
  Optional<Peer> peer(InetSocketAddress client, InetSocketAddress server);

  /**
   * Looks at a connection that has just been accepted. Never waits for other lookups and never
   * reads a whole table, so the thread that accepts connections can ask for each of them.
   *
   * @param client the client's address and port, as the accepted socket names them
   * @param server the address and port that the client reached
   */
  default Glance glance(InetSocketAddress client, InetSocketAddress server) {
    return new Glance.Unclear();
  }

  /**
   * Whether a process carries the connection of a peer for another user or another computer, judged
   * by what has passed through its other TCP connections; false if the system does not tell.
   *
   * @param held the inodes of all sockets of the process
   * @param own this user
   */
  default boolean carriedForOthers(Peer peer, Set<Long> held, long own) {
    return false;
  }

  @Override
  default void close() {}
}
