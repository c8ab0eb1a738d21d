package dev.jvault.peer;

import static dev.jvault.peer.LoopbackConnection.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TcpSocketTest {
  private static final int ESTABLISHED = 1;
  private static final InetSocketAddress CLIENT = at("127.0.0.1", 50_000);
  private static final InetSocketAddress SERVER = at("127.0.0.1", 9170);
  private static final InetSocketAddress OTHER = at("127.0.0.1", 22);
  private static final InetSocketAddress METADATA = at("169.254.169.254", 80);
  private static final InetSocketAddress METADATA_6 = at("fd00:ec2::254", 80);
  private static final InetSocketAddress CLIENT_6 = at("::1", 50_000);

  @Test
  void belongsToTheUserWhoseSocketNamesTheServer() {
    assertThat(TcpSocket.owner(List.of(to(OTHER, 1), to(SERVER, 2)), CLIENT, SERVER))
        .hasValue(peer(2));
  }

  @Test
  void isNotMistakenForAConnectionToAnotherServer() {
    assertThat(TcpSocket.owner(List.of(to(OTHER, 1)), CLIENT, SERVER)).isEmpty();
  }

  @Test
  void mayNameARedirectedAddress() {
    assertThat(TcpSocket.owner(List.of(to(OTHER, 1), to(METADATA, 2)), CLIENT, SERVER))
        .hasValue(peer(2));

    var six = new TcpSocket(CLIENT_6, METADATA_6, ESTABLISHED, 3, 77);
    assertThat(TcpSocket.owner(List.of(six), CLIENT_6, at("::1", 9170))).hasValue(peer(3));
  }

  @Test
  void hasNoUserIfTwoUsersAreCandidates() {
    var container = at("169.254.170.2", 80);
    assertThat(TcpSocket.owner(List.of(to(METADATA, 1), to(container, 2)), CLIENT, SERVER))
        .isEmpty();
    assertThat(TcpSocket.owner(List.of(to(METADATA, 1), to(container, 1)), CLIENT, SERVER))
        .hasValue(peer(1));
  }

  /** The kernel shows user 0 for such a socket, which would be root. */
  @Test
  void hasNoUserIfNoProcessHoldsIt() {
    var orphan = new TcpSocket(CLIENT, SERVER, ESTABLISHED, 0, 0);
    assertThat(TcpSocket.owner(List.of(orphan), CLIENT, SERVER)).isEmpty();
    assertThat(TcpSocket.owner(List.of(orphan, to(METADATA, 1)), CLIENT, SERVER)).isEmpty();
  }

  @Test
  void isNoClientIfItListens() {
    var listener = new TcpSocket(CLIENT, SERVER, TcpSocket.LISTEN, 1, 77);
    assertThat(TcpSocket.owner(List.of(listener), CLIENT, SERVER)).isEmpty();
  }

  /** The audit then names a process that holds one of them. */
  @Test
  void canBeOneOfSeveralOfOneUser() {
    var container = new TcpSocket(CLIENT, at("169.254.170.2", 80), ESTABLISHED, 1, 78);
    assertThat(TcpSocket.owner(List.of(to(METADATA, 1), container), CLIENT, SERVER))
        .hasValue(new Peer(1, Set.of(77L, 78L)));
  }

  private static Peer peer(long uid) {
    return new Peer(uid, Set.of(77L));
  }

  private static TcpSocket to(InetSocketAddress remote, long uid) {
    return new TcpSocket(CLIENT, remote, ESTABLISHED, uid, 77);
  }
}
