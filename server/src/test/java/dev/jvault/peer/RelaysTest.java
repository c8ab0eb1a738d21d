package dev.jvault.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RelaysTest {
  private static final long OWN = 1000;
  private static final long OTHER = 2000;
  private static final Peer HERE = new Peer(OWN, Set.of(1L));

  private final List<TcpConnection> all = new ArrayList<>();

  @Test
  void aProcessThatPassesOnTheBytesOfAnotherComputerIsOne() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 169);
    add(2, OWN, "10.0.0.1:8000", "10.0.0.2:5000", 169, 0);
    assertThat(carries()).isTrue();
  }

  @Test
  void aProcessThatHasMoreToPassOnThanIsReadIsOne() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 9_000_000, 3_000_000);
    add(2, OWN, "10.0.0.1:8000", "10.0.0.2:5000", 9_008_192, 0);
    assertThat(carries()).isTrue();
  }

  @Test
  void aProcessThatPassesOnTheBytesOfAnotherUserIsOne() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 169);
    add(2, OWN, "127.0.0.1:8000", "127.0.0.1:5000", 169, 0);
    add(3, OTHER, "127.0.0.1:5000", "127.0.0.1:8000", 0, 169);
    assertThat(carries()).isTrue();
  }

  @Test
  void aServerThatAnswersOthersAndUsesAnSdkIsNone() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 169);
    add(2, OWN, "10.0.0.1:3000", "10.0.0.2:5000", 412, 0);
    assertThat(carries()).isFalse();
  }

  @Test
  void aServerThatHasAnsweredTheSameNumberOfBytesIsNone() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 169);
    add(2, OWN, "10.0.0.1:3000", "10.0.0.2:5000", 169, 2048);
    assertThat(carries()).isFalse();
  }

  @Test
  void whatTheUserSendsThroughAProgramOfTheirOwnIsNoneOfOthers() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 169);
    add(2, OWN, "127.0.0.1:8000", "127.0.0.1:5000", 169, 0);
    add(3, OWN, "127.0.0.1:5000", "127.0.0.1:8000", 0, 169);
    assertThat(carries()).isFalse();
  }

  @Test
  void theConnectionsOfOtherProcessesDoNotCount() {
    add(1, OWN, "127.0.0.1:4000", "127.0.0.1:9171", 0, 169);
    add(7, OWN, "10.0.0.1:8000", "10.0.0.2:5000", 169, 0);
    assertThat(carries()).isFalse();
  }

  private boolean carries() {
    return Relays.carries(HERE, Set.of(1L, 2L), all, OWN);
  }

  private void add(long inode, long uid, String local, String remote, long read, long written) {
    add(inode, uid, local, remote, read, written, 0);
  }

  private void add(
      long inode, long uid, String local, String remote, long read, long written, long waiting) {
    all.add(
        new TcpConnection(
            new TcpSocket(address(local), address(remote), 1, uid, inode), read, written, waiting));
  }

  private static InetSocketAddress address(String text) {
    String[] parts = text.split(":", 2);
    try {
      return new InetSocketAddress(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
