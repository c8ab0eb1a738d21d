package dev.jvault.peer;

import static java.net.StandardProtocolFamily.INET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class PeerLookupTest {
  @Test
  void cannotTellWithoutTables() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress())) {
      assertThat(PeerLookup.UNKNOWN.canTell()).isFalse();
      assertThat(PeerLookup.UNKNOWN.peer(connection.clientEnd(), connection.serverEnd())).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void canTellOnLinux() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = PeerLookup.ofThisSystem()) {
      assertThat(lookup.canTell()).isTrue();
      assertThat(lookup.peer(connection.clientEnd(), connection.serverEnd()))
          .map(Peer::uid)
          .hasValue(OwnUid.get());
    }
  }
}
