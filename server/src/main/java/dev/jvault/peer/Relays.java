package dev.jvault.peer;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Recognizes processes that carry connections of others, whatever they are called: such a process
 * has an open connection from another user or another computer, and has read from it exactly as
 * many bytes as it has written here, and written to it as many as it has read here.
 *
 * <p>A server that uses an SDK is none, even if it listens on all addresses and others use it at
 * that moment: what they send is not what the SDK sends. A relay that changes what it carries
 * (encryption, other headers), or that talks with others by anything but TCP, is not recognized.
 */
final class Relays {
  private Relays() {}

  /**
   * Whether a process carries the connection of a peer for others.
   *
   * @param peer the end of the connection that the process holds
   * @param held the inodes of all sockets of that process
   * @param all the open connections of this machine
   * @param own the user whose own connections may be carried
   */
  static boolean carries(Peer peer, Set<Long> held, Collection<TcpConnection> all, long own) {
    List<TcpConnection> here =
        all.stream().filter(one -> peer.inodes().contains(one.socket().inode())).toList();
    return all.stream()
        .filter(other -> held.contains(other.socket().inode()))
        .filter(other -> !peer.inodes().contains(other.socket().inode()))
        .filter(other -> here.stream().anyMatch(one -> mirrors(one, other)))
        .anyMatch(other -> ofOthers(other.socket(), all, own));
  }

  private static boolean mirrors(TcpConnection here, TcpConnection other) {
    // If more is sent than this daemon reads, a part of it is in the relay's own memory.
    boolean passedOn =
        here.written() == other.read() || (here.waiting() > 0 && here.written() < other.read());
    return here.written() > 0 && passedOn && here.read() == other.written();
  }

  /** Another computer's end is not among the connections of this one. */
  private static boolean ofOthers(TcpSocket socket, Collection<TcpConnection> all, long own) {
    return all.stream()
        .map(TcpConnection::socket)
        .filter(end -> end.local().equals(socket.remote()) && end.remote().equals(socket.local()))
        .noneMatch(end -> end.uid() == own);
  }
}
