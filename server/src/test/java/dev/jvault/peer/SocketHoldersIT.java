package dev.jvault.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An inherited socket; the test needs {@code bash}. */
final class SocketHoldersIT {
  @Test
  void areTheChildAndItsParent() throws IOException {
    try (var listener = ServerSocketChannel.open();
        PeerLookup lookup = PeerLookup.ofThisSystem()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      Process shell =
          new ProcessBuilder(
                  "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port + "; sleep 60 & wait")
              .start();
      try (SocketChannel accepted = listener.accept()) {
        Peer peer =
            lookup
                .peer(
                    (InetSocketAddress) accepted.getRemoteAddress(),
                    (InetSocketAddress) accepted.getLocalAddress())
                .orElseThrow();
        var holders = SocketHolders.ofThisSystem();
        Awaitility.await()
            .untilAsserted(() ->
                assertThat(holders.firstAnd(peer, _ -> true))
                    .extracting(PeerProcess::program)
                    .containsExactly("sleep", "bash"));

        assertThat(holders.firstAnd(peer, _ -> true).getLast().pid()).isEqualTo(shell.pid());
        assertThat(holders.first(peer)).hasValue(holders.firstAnd(peer, _ -> true).getFirst());
      } finally {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    }
  }
}
