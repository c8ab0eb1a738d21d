package dev.jvault.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jvault.protocol.OwnUid;
import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of another user; only root can make them, with {@code setpriv} and {@code bash}. */
final class OtherUserIT {
  private static final String NOBODY = "65534";

  @BeforeEach
  void needsRoot() {
    assumeTrue(OwnUid.get() == 0, "only root can act as another user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  @Attack("uid-at-the-gate")
  void areRecognized(String address) throws IOException {
    for (PeerLookup lookup :
        List.of(
            new NetlinkPeerLookup(PeerLookup.UNKNOWN), new ProcPeerLookup(Path.of("/proc/net")))) {
      try (lookup;
          var listener = ServerSocketChannel.open()) {
        listener.bind(LoopbackConnection.at(address, 0));
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        Process stranger =
            new ProcessBuilder(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    "bash",
                    "-c",
                    "exec 3<>/dev/tcp/" + address + "/" + port + "; read -r -t 30 <&3")
                .start();
        try (var accepted = listener.accept()) {
          assertThat(
                  lookup.peer(
                      (InetSocketAddress) accepted.getRemoteAddress(),
                      (InetSocketAddress) accepted.getLocalAddress()))
              .map(Peer::uid)
              .hasValue(Long.parseLong(NOBODY));
        } finally {
          stranger.destroy();
        }
      }
    }
  }
}
