package dev.jvault.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of the kernel's table of TCP sockets.
 *
 * @param local the socket's own end
 * @param remote the other end
 * @param state the kernel's number of the state
 * @param uid who opened it
 * @param inode the file that a process holds; zero when none does any more
 */
record TcpSocket(
    InetSocketAddress local, InetSocketAddress remote, int state, long uid, long inode) {
  /** TCP_LISTEN of the kernel. */
  static final int LISTEN = 10;

  private static final int IPV6_ULA_OF_METADATA_1 = 0xfd;
  private static final int IPV6_ULA_OF_METADATA_3 = 0x0e;
  private static final int IPV6_ULA_OF_METADATA_4 = 0xc2;

  /**
   * Whose socket a client's end is, and which, among those that share its address and port. Several
   * can: ports are unique only with the other end, and any user may take the port of another user's
   * connection to somewhere else. The socket that names the server is it; without one, a redirected
   * one whose remote end is an address of AWS's metadata services, if all such sockets are of one
   * user.
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

  /** A socket that no process holds has lost its user: the kernel shows root for it. */
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

  /** 169.254.0.0/16 and fd00:ec2::/32, where AWS serves metadata and container credentials. */
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
