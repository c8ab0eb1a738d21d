package dev.jvault.peer;

import static java.net.StandardProtocolFamily.INET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource({"INET, 127.0.0.1", "INET6, ::1", "INET6, 127.0.0.1"})
  void seesTheUserOfANewConnection(StandardProtocolFamily family, String address)
      throws IOException {
    try (var connection = new LoopbackConnection(family, InetAddress.ofLiteral(address));
        PeerLookup lookup = lookup()) {
      lookup.prepare();

      assertThat(lookup.glance(connection.clientEnd(), connection.serverEnd()))
          .isEqualTo(
              new Glance.Seen(
                  lookup.peer(connection.clientEnd(), connection.serverEnd()).orElseThrow()));
    }
  }

  /** Reset or closed in order; the kernel keeps the second one's socket for a while. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void seesThatTheClientHasGone(boolean reset) throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      lookup.prepare();
      if (reset) {
        connection.client.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      connection.client.close();

      assertThat(lookup.glance(connection.clientEnd(), connection.serverEnd()))
          .isEqualTo(new Glance.Gone());
    }
  }

  @Test
  void seesNothingClearlyBeforePreparation() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      assertThat(lookup.glance(connection.clientEnd(), connection.serverEnd()))
          .isEqualTo(new Glance.Unclear());
    }
  }
}
