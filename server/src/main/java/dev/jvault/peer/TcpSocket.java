package dev.jvault.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of the kernel's table of TCP sockets.
 *
 * @param local the local end
 * @param remote the remote end
 * @param state the kernel's number for the state
 * @param uid the user who opened it
 * @param inode the inode of the socket; zero if no process holds it any more
 */
record TcpSocket(
    InetSocketAddress local, InetSocketAddress remote, int state, long uid, long inode) {
  /** The kernel's {@code TCP_LISTEN}. */
  static final int LISTEN = 10;

  private static final int IPV6_ULA_OF_METADATA_1 = 0xfd;
  private static final int IPV6_ULA_OF_METADATA_3 = 0x0e;
  private static final int IPV6_ULA_OF_METADATA_4 = 0xc2;

  /**
   * Finds the client's socket among those with its address and port. There can be several, because
   * a port is unique only together with the remote end, and another user may use the same port for
   * a connection to another server. The match is the socket that names the server; otherwise a
   * redirected socket, whose remote end is an address of AWS's metadata services, provided that all
   * such sockets belong to one user.
   */
  static Optional<Peer> owner(
      List<TcpSocket> table, InetSocketAddress client, InetSocketAddress server) {
    List<TcpSocket> own =
        table.stream()
            .filter(socket -> socket.local.equals(client) && socket.state != LISTEN)
            .toList();
    List<TcpSocket> direct = own.stream().filter(socket -> socket.remote.equals(server)).toList();
    return onlyUser(
        direct.isEmpty() ? own.stream().filter(TcpSocket::redirected).toList() : direct);
  }

  /** Whether this is the one socket with these two ends. */
  boolean joins(InetSocketAddress here, InetSocketAddress there) {
    return local.equals(here) && remote.equals(there) && state != LISTEN;
  }

  /** A socket that no process holds has no user any more; the kernel shows root for it. */
  private static Optional<Peer> onlyUser(List<TcpSocket> sockets) {
    if (sockets.isEmpty() || sockets.stream().anyMatch(socket -> socket.inode == 0)) {
      return Optional.empty();
    }
    long uid = sockets.getFirst().uid;
    return sockets.stream().allMatch(socket -> socket.uid == uid)
        ? Optional.of(
            new Peer(uid, sockets.stream().map(TcpSocket::inode).collect(Collectors.toSet())))
        : Optional.empty();
  }

  /**
   * Whether this is in 169.254.0.0/16 or fd00:ec2::/32, the addresses of AWS's metadata services.
   */
  private boolean redirected() {
    InetAddress address = remote.getAddress();
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? address.isLinkLocalAddress()
        : (bytes[0] & 0xff) == IPV6_ULA_OF_METADATA_1
            && bytes[1] == 0
            && bytes[2] == IPV6_ULA_OF_METADATA_3
            && (bytes[3] & 0xff) == IPV6_ULA_OF_METADATA_4;
  }
}
