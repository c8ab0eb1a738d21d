package dev.jvault.peer;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the tables {@code tcp} and {@code tcp6} in {@code /proc/net}; the second because a client
 * may use an IPv6 socket for an IPv4 address. A lookup takes milliseconds, growing with the number
 * of connections of the machine.
 */
final class ProcPeerLookup implements PeerLookup {
  private final Path tables;

  ProcPeerLookup(Path tables) {
    this.tables = tables;
  }

  @Override
  public boolean canTell() {
    return true;
  }

  @Override
  public Optional<Peer> peer(InetSocketAddress client, InetSocketAddress server) {
    return TcpSocket.owner(TcpTable.ofPort(tables, client.getPort()), client, server);
  }
}
