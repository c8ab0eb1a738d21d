package dev.jvault.peer;

import static dev.jvault.peer.LoopbackConnection.at;
import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jvault.protocol.OwnUid;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of every lookup that uses the kernel's tables. */
abstract class PeerLookupContract {
  abstract PeerLookup lookup();

  @BeforeEach
  final void needsTheTablesOfLinux() {
    assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")));
  }

  @ParameterizedTest
  @CsvSource({"INET, 127.0.0.1", "INET6, ::1", "INET6, 127.0.0.1", "INET, 127.0.0.2"})
  void knowsTheUserOfALiveConnection(StandardProtocolFamily family, String address)
      throws IOException {
    try (var connection = new LoopbackConnection(family, InetAddress.ofLiteral(address));
        PeerLookup lookup = lookup()) {
      assertThat(lookup.canTell()).isTrue();
      assertThat(lookup.peer(connection.clientEnd(), connection.serverEnd()))
          .map(Peer::uid)
          .hasValue(OwnUid.get());
    }
  }

  /** Compares with the inode that {@code /proc} shows. */
  @ParameterizedTest
  @CsvSource({"INET, 127.0.0.1", "INET6, ::1", "INET6, 127.0.0.1"})
  void findsTheSocket(StandardProtocolFamily family, String address) throws IOException {
    try (var connection = new LoopbackConnection(family, InetAddress.ofLiteral(address));
        PeerLookup lookup = lookup()) {
      List<String> before = ownSockets();
      Peer peer = lookup.peer(connection.clientEnd(), connection.serverEnd()).orElseThrow();

      assertThat(peer.inodes()).hasSize(1);
      assertThat(before).contains("socket:[" + peer.inodes().iterator().next() + "]");
      connection.client.close();
      assertThat(ownSockets()).doesNotContain("socket:[" + peer.inodes().iterator().next() + "]");
    }
  }

  @Test
  void findsTheUserAfterPreparation() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      lookup.prepare();

      assertThat(lookup.peer(connection.clientEnd(), connection.serverEnd()))
          .map(Peer::uid)
          .hasValue(OwnUid.get());
    }
  }

  @Test
  void findsNoUserOfAClosedSocket() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      InetSocketAddress client = connection.clientEnd();
      InetSocketAddress server = connection.serverEnd();
      connection.client.close();

      assertThat(lookup.peer(client, server)).isEmpty();
    }
  }

  @Test
  void findsTheUserOfAHalfClosedConnection() throws IOException {
    try (var connection = new LoopbackConnection(INET6, InetAddress.ofLiteral("::1"));
        PeerLookup lookup = lookup()) {
      connection.client.shutdownOutput();

      assertThat(lookup.peer(connection.clientEnd(), connection.serverEnd()))
          .map(Peer::uid)
          .hasValue(OwnUid.get());
    }
  }

  @Test
  void findsNoUserIfThereIsNoConnection() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      InetSocketAddress client = connection.clientEnd();
      InetSocketAddress server = connection.serverEnd();

      assertThat(lookup.peer(new InetSocketAddress(client.getAddress(), 1), server)).isEmpty();
      assertThat(lookup.peer(at("127.0.0.9", client.getPort()), server)).isEmpty();
    }
  }

  /** Otherwise a user could use the port of another user's connection to another server. */
  @Test
  void doesNotMistakeAnotherConnectionOfThePort() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      var elsewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
      assertThat(lookup.peer(connection.clientEnd(), elsewhere)).isEmpty();
    }
  }

  /** The kernel answers with a listener if no connection matches. */
  @Test
  void doesNotMistakeAListenerForAClient() throws IOException {
    try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        PeerLookup lookup = lookup()) {
      var listener = (InetSocketAddress) connection.listener.getLocalAddress();
      var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

      assertThat(lookup.peer(listener, nobody)).isEmpty();
      assertThat(lookup.peer(listener, at("0.0.0.0", 0))).isEmpty();
    }
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    try (PeerLookup lookup = lookup();
        var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
        var six = new LoopbackConnection(INET6, InetAddress.ofLiteral("::1"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 200; i++) {
        LoopbackConnection asked = i % 2 == 0 ? connection : six;
        tasks.add(() ->
            lookup
                .peer(asked.clientEnd(), asked.serverEnd())
                .map(Peer::uid)
                .equals(Optional.of(OwnUid.get())));
      }
      for (Future<Boolean> right : threads.invokeAll(tasks)) {
        assertThat(right.get()).isTrue();
      }
    }
  }

  @Test
  void leaksNoDescriptor() throws IOException {
    lookup().close();
    long before = descriptors();
    for (int i = 0; i < 50; i++) {
      try (var connection = new LoopbackConnection(INET, InetAddress.getLoopbackAddress());
          PeerLookup lookup = lookup()) {
        lookup.peer(connection.clientEnd(), connection.serverEnd());
      }
    }
    Awaitility.await().until(() -> descriptors() < before + 25);
  }

  private static List<String> ownSockets() throws IOException {
    List<String> links = new ArrayList<>();
    for (String descriptor : new File("/proc/self/fd").list()) {
      try {
        links.add(Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString());
      } catch (NoSuchFileException _) {
        // This descriptor belonged to the listing itself.
      }
    }
    return links;
  }

  private static long descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
