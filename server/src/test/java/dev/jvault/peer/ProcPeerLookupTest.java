package dev.jvault.peer;

import static dev.jvault.peer.LoopbackConnection.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcPeerLookupTest extends PeerLookupContract {
  @TempDir private Path folder;

  @Override
  PeerLookup lookup() {
    return new ProcPeerLookup(Path.of("/proc/net"));
  }

  static boolean littleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  @Test
  @EnabledIf("littleEndian")
  void readsALine() {
    TcpSocket four =
        TcpTable.socket(
            "  12: 0100007F:A3C8 FEA9FEA9:0050 01 00000000:00000000 02:00000A2D 00000000  1000   "
                + "     0 98765 2 0000000000000000 20 4 30 10 -1");

    assertThat(four)
        .isEqualTo(
            new TcpSocket(at("127.0.0.1", 0xa3c8), at("169.254.169.254", 80), 1, 1000, 98765));

    TcpSocket mapped =
        TcpTable.socket(
            "   0: 0000000000000000FFFF00000100007F:1F90 00000000000000000000000001000000:0001 0A"
                + " 00000000:00000000 00:00000000 00000000 4294967294 0 7");

    assertThat(mapped.local()).isEqualTo(at("127.0.0.1", 0x1f90));
    assertThat(mapped.remote()).isEqualTo(at("::1", 1));
    assertThat(mapped.uid()).isEqualTo(4294967294L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode",
        "0: 0100007F:1F90",
        "0: 0100007F 0100007F:1F90 01 0:0 0:0 0 0 0 1",
        "0: 01007F:1F90 0100007F:1F90 01 0:0 0:0 0 0 0 1",
        "0: 0100007F:1F90 0100007F:FFFFF 01 0:0 0:0 0 0 0 1",
        "0: 0100007F:1F90 0100007F:1F90 01 0:0 0:0 0 root 0 1",
      })
  void refusesAnInvalidLine(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> TcpTable.socket(line));
  }

  @Test
  void findsNoUserIfTheTablesCannotBeRead() throws IOException {
    var here = at("127.0.0.1", 80);
    assertThat(new ProcPeerLookup(folder).peer(here, here)).isEmpty();

    Files.write(folder.resolve("tcp"), new byte[] {(byte) 0xff, '\n', 0});
    Files.writeString(folder.resolve("tcp6"), "0: nonsense:0050 \n");

    assertThat(new ProcPeerLookup(folder).peer(here, here)).isEmpty();
  }
}
