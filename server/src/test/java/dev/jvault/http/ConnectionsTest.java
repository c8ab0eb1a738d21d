package dev.jvault.http;

import static dev.jvault.http.TestListenerConfig.HONEST;
import static dev.jvault.http.TestListenerConfig.HONEST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jvault.testing.Attack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers that open connections and keep them never lock an honest client out. */
final class ConnectionsTest {
  private final List<Socket> opened = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicBoolean ownUser = new AtomicBoolean(true);
  private final AtomicBoolean toldAtOnce = new AtomicBoolean(true);
  private LoopbackServer server = start(Connections.Limits.USUAL);

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    server.close();
  }

  @Test
  @Attack("connections")
  void anHonestClientIsAnsweredWhileSixHundredSilentOnesAreConnected() throws IOException {
    for (int stranger = 0; stranger < 600; stranger++) {
      open("");
    }
    assertThat(RawClient.exchange(server.port(), HONEST_ONCE)).endsWith("anything");
    // The end of a connection reaches its client a moment later.
    await()
        .untilAsserted(() ->
            assertThat(opened.stream().filter(ConnectionsTest::closed).count())
                .isBetween(89L, 120L));
  }

  @Test
  @Attack("connections")
  void anHonestClientIsAnsweredWhileStrangersSendAByteNowAndThen() throws IOException {
    for (int stranger = 0; stranger < 600; stranger++) {
      open("G");
    }
    for (int round = 0; round < 5; round++) {
      for (Socket socket : opened) {
        dribble(socket);
      }
      assertThat(RawClient.exchange(server.port(), HONEST_ONCE)).endsWith("anything");
    }
  }

  @Test
  @Attack("connections")
  void anAdmittedConnectionOutlivesAllStrangers() throws IOException {
    try (var honest = new RawClient(server.port())) {
      honest.send(HONEST);
      assertThat(honest.readAnswer()).endsWith("anything");
      for (int stranger = 0; stranger < 1_100; stranger++) {
        open("");
      }
      honest.send(HONEST);
      assertThat(honest.readAnswer()).endsWith("anything");
    }
  }

  @Test
  void manyNewClientsAreAnsweredWhileOthersKeepAllConnections() throws Exception {
    for (int kept = 0; kept < 512; kept++) {
      Socket socket = open(HONEST);
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<String>>();
      for (int client = 0; client < 100; client++) {
        answers.add(threads.submit(() -> RawClient.exchange(server.port(), HONEST_ONCE)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).endsWith("anything");
      }
    }
  }

  @Test
  void theLongestIdleConnectionIsClosedIfAllAreAdmitted() throws IOException {
    restart(new Connections.Limits(2, Duration.ofMinutes(1)));
    var first = new RawClient(server.port());
    var second = new RawClient(server.port());
    try (first;
        second) {
      for (RawClient client : List.of(first, second, first)) {
        client.send(HONEST);
        assertThat(client.readAnswer()).endsWith("anything");
      }
      assertThat(RawClient.exchange(server.port(), HONEST_ONCE)).endsWith("anything");
      assertThat(second.readAll()).isEmpty();
      first.send(HONEST);
      assertThat(first.readAnswer()).endsWith("anything");
    }
  }

  @Test
  @Attack("connections")
  void aStrangerIsClosedInTimeWhateverItSends() throws IOException {
    restart(new Connections.Limits(10, Duration.ofMillis(300)));
    Socket silent = open("");
    Socket slow = open("GET /x HTTP/1.1\r\nHost: localhost\r\n");
    Socket refused = open(HONEST.replace("right", "wrong"));
    await()
        .untilAsserted(
            () -> assertThat(List.of(silent, slow, refused)).allMatch(ConnectionsTest::closed));
  }

  @Test
  @Attack("connections")
  void callersWhoAreNotKnownYetMakeRoomForThoseWhoAre() throws IOException {
    restart(new Connections.Limits(8, Duration.ofMinutes(1)));
    Socket honest = open("");
    await().until(() -> accepted.get() == 1);
    toldAtOnce.set(false);
    for (int unclear = 0; unclear < 50; unclear++) {
      open("");
    }
    await().until(() -> opened.stream().filter(ConnectionsTest::closed).count() == 46);
    assertThat(closed(honest)).isFalse();
    honest.getOutputStream().write(HONEST_ONCE.getBytes(StandardCharsets.US_ASCII));
    await().until(() -> closed(honest));
    assertThat(RawClient.exchange(server.port(), HONEST_ONCE)).endsWith("anything");
  }

  @Test
  @Attack("connections")
  void connectionsOfAnotherUserTakeNoRoom() throws IOException {
    restart(new Connections.Limits(4, Duration.ofMinutes(1)));
    List<Socket> own = List.of(open(""), open(""), open(""), open(""));
    await().until(() -> accepted.get() == 4);
    ownUser.set(false);
    for (int stranger = 0; stranger < 200; stranger++) {
      opened.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }
    await()
        .untilAsserted(
            () -> assertThat(opened.subList(4, opened.size())).allMatch(ConnectionsTest::closed));
    assertThat(own).noneMatch(ConnectionsTest::closed);
  }

  @Test
  @Attack("connections")
  void allListenersShareTheLimit() throws IOException {
    restart(new Connections.Limits(3, Duration.ofMinutes(1)));
    try (LoopbackServer.Listener other =
        server.listen(0, TestListenerConfig.of(true, TestListenerConfig.ANYTHING))) {
      for (int stranger = 0; stranger < 4; stranger++) {
        opened.add(new Socket(InetAddress.getLoopbackAddress(), other.port()));
      }
      await().until(() -> opened.stream().filter(ConnectionsTest::closed).count() == 1);
      assertThat(RawClient.exchange(server.port(), HONEST_ONCE)).endsWith("anything");
    }
  }

  private void restart(Connections.Limits limits) {
    server.close();
    server = start(limits);
  }

  private LoopbackServer start(Connections.Limits limits) {
    return LoopbackServer.start(
        0,
        TestListenerConfig.of(true, TestListenerConfig.ANYTHING),
        new Caller.Lookup() {
          @Override
          public Caller of(InetSocketAddress client, InetSocketAddress server) {
            return new TestListenerConfig.FakeCaller(ownUser.get(), false);
          }

          @Override
          public Optional<Caller> atOnce(InetSocketAddress client, InetSocketAddress server) {
            accepted.incrementAndGet();
            return toldAtOnce.get() ? Optional.of(of(client, server)) : Optional.empty();
          }
        },
        limits);
  }

  private Socket open(String bytes) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    opened.add(socket);
    return socket;
  }

  private static void dribble(Socket socket) {
    try {
      socket.getOutputStream().write('E');
    } catch (IOException _) {
      // The server has closed it already.
    }
  }

  /** Whether the server has closed it; skips responses that arrived before. */
  private static boolean closed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      while (socket.getInputStream().read() >= 0) {
        // A byte of a response.
      }
      return true;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
