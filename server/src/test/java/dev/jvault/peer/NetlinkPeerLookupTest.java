package dev.jvault.peer;

import static java.net.StandardProtocolFamily.INET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetlinkPeerLookupTest extends PeerLookupContract {
  @Override
  PeerLookup lookup() {
    return new NetlinkPeerLookup(PeerLookup.UNKNOWN);
  }

  @Test
  void readsAllConnectionsOfAPort() throws IOException, NetlinkSocket.NetlinkException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        var kernel = new NetlinkSocket()) {
      List<TcpSocket> ofTheListener = kernel.withPort(connection.serverEnd().getPort());

      assertThat(ofTheListener).extracting(TcpSocket::remote).contains(connection.clientEnd());
      assertThat(ofTheListener).extracting(TcpSocket::state).contains(TcpSocket.LISTEN);
      assertThat(kernel.withPort(connection.clientEnd().getPort()))
          .extracting(TcpSocket::local, TcpSocket::uid)
          .contains(tuple(connection.clientEnd(), OwnUid.get()));
    }
  }
}
