package dev.jvault.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InheritedSocketsTest {
  private static final SocketAddress IPV4 = tcp("127.0.0.1", 9170);
  private static final SocketAddress IPV6 = tcp("::1", 9170);
  private static final SocketAddress CONTROL = UnixDomainSocketAddress.of("/h/run/control.sock");

  @Test
  void tellsTheSocketsApartByTheirAddresses() throws Exception {
    InheritedSockets sockets = sockets(CONTROL, IPV6, tcp("127.0.0.1", 9171), IPV4);
    assertThat(sockets.control()).contains(new InheritedSocket(3, CONTROL));
    assertThat(sockets.at(address("127.0.0.1"), 9170)).contains(new InheritedSocket(6, IPV4));
    assertThat(sockets.at(address("::1"), 9170)).contains(new InheritedSocket(4, IPV6));
    assertThat(sockets.at(address("::1"), 9171)).isEmpty();
    assertThat(sockets.ports()).containsExactlyInAnyOrder(9170, 9171);
  }

  @Test
  void theEndpointHasTheRememberedPortOrTheOnlyOne() {
    assertThat(sockets(IPV4, tcp("127.0.0.1", 9171), CONTROL).endpointPort(9171)).isEqualTo(9171);
    assertThat(sockets(IPV4, IPV6, CONTROL).endpointPort(9999)).isEqualTo(9170);
    assertThatThrownBy(() -> sockets(IPV4, tcp("127.0.0.1", 9171), CONTROL).endpointPort(9999))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("the ports 9170, 9171, and port 9999");
    assertThatThrownBy(() -> sockets(CONTROL).endpointPort(9170))
        .hasMessageContaining("no port on 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "127.0.0.2", "192.0.2.1"})
  void refusesEveryAddressButLoopback(String host) {
    assertThatThrownBy(() -> sockets(tcp(host, 9170), CONTROL))
        .isInstanceOfSatisfying(
            JvaultException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAEMON))
        .hasMessageContaining("it listens on 127.0.0.1 and [::1] only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two", "-1", "1000"})
  void refusesACountThatIsNone(String count) {
    assertThatThrownBy(() -> InheritedSockets.of(count, _ -> Optional.of(CONTROL)))
        .isInstanceOf(JvaultException.class)
        .hasMessageContaining("LISTEN_FDS is `" + count + "`");
  }

  @Test
  void refusesADescriptorThatDoesNotListen() {
    assertThatThrownBy(() -> InheritedSockets.of("1", _ -> Optional.empty()))
        .hasMessageContaining("descriptor 3, which systemd gave jvault, is no listening socket");
    assertThat(new SocketCalls().listens(0)).as("standard input").isFalse();
    assertThat(new SocketCalls().listens(9_999)).as("no descriptor").isFalse();
  }

  @Test
  void wantsExactlyOneControlSocket() {
    assertThatThrownBy(() -> sockets(IPV4)).hasMessageContaining("0 Unix sockets");
    assertThatThrownBy(() -> sockets(CONTROL, UnixDomainSocketAddress.of("/other")))
        .hasMessageContaining("2 Unix sockets");
  }

  @Test
  void takesNothingThatIsMeantForAnotherProcess() {
    assertThat(InheritedSockets.of(Map.of("LISTEN_PID", "12", "LISTEN_FDS", "3"), 13))
        .isEqualTo(InheritedSockets.NONE);
    assertThat(InheritedSockets.of(Map.of("LISTEN_FDS", "3"), 13).any()).isFalse();
  }

  @Test
  void readsTheAddressesOfRealSockets(@TempDir Path folder) throws Exception {
    var calls = new SocketCalls();
    List<SocketAddress> bound =
        List.of(
            tcp("127.0.0.1", 0), tcp("::1", 0), UnixDomainSocketAddress.of(folder.resolve("s")));
    for (SocketAddress address : bound) {
      try (ServerSocketChannel channel =
          address instanceof UnixDomainSocketAddress
              ? ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
              : ServerSocketChannel.open()) {
        channel.bind(address);
        List<Integer> found = descriptors(calls, channel.getLocalAddress());
        assertThat(found).as("descriptors of " + address).hasSize(1);
        assertThat(calls.listens(found.getFirst())).isTrue();
      }
    }
  }

  private static List<Integer> descriptors(SocketCalls calls, SocketAddress address)
      throws Exception {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(path -> Integer.valueOf(path.getFileName().toString()))
          .filter(one -> calls.address(one).filter(address::equals).isPresent())
          .toList();
    }
  }

  private static InheritedSockets sockets(SocketAddress... addresses) {
    return InheritedSockets.of(
        Integer.toString(addresses.length), descriptor -> Optional.of(addresses[descriptor - 3]));
  }

  private static SocketAddress tcp(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
