package dev.jvault.peer;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A look-up that reads the tables {@code tcp} and {@code tcp6} below {@code /proc/net}, the second
 * because a client may use an IPv6 socket for an IPv4 address. It costs milliseconds, more the more
 * connections the machine has.
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
