package dev.jvault.peer;

import static dev.jvault.peer.LoopbackConnection.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jvault.peer.InetDiag.Done;
import dev.jvault.peer.InetDiag.Failed;
import dev.jvault.peer.InetDiag.More;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InetDiagTest {
  /** The answer of Linux 6.18 to request 1: 127.0.0.1:57292 to 127.0.0.1:58187, user 0. */
  private static final String ANSWER =
      "7c00000014000000010000007d22000002010000dfcce34b7f000001000000000000000000000000"
          + "7f000001000000000000000000000000000000000100000000000000000000000000000000000000"
          + "000000000f3d0000050008000000000008000f00000000000c00150001000000000000000600160052000000";

  static boolean littleEndian() {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  @Test
  @EnabledIf("littleEndian")
  void readsAnAnswerOfTheKernel() {
    var found = new ArrayList<TcpSocket>();

    assertThat(InetDiag.read(answer(), 1, found)).isEqualTo(new More());
    assertThat(found)
        .containsExactly(
            new TcpSocket(at("127.0.0.1", 57292), at("127.0.0.1", 58187), 1, 0, 15631));
  }

  @Test
  @EnabledIf("littleEndian")
  void skipsTheAnswerToAnotherRequest() {
    var found = new ArrayList<TcpSocket>();

    assertThat(InetDiag.read(answer(), 2, found)).isEqualTo(new More());
    assertThat(found).isEmpty();
  }

  @Test
  void makesARequestOfSeventyTwoBytes() {
    var request = ByteBuffer.allocate(InetDiag.REQUEST_LENGTH);
    var four = at("127.0.0.1", 80);
    var six = at("::1", 80);

    InetDiag.exact(request, 1, four, four);
    assertThat(request.remaining()).isEqualTo(InetDiag.REQUEST_LENGTH);
    assertThat(request.get(16)).isEqualTo(InetDiag.AF_INET);

    InetDiag.exact(request, 1, six, six);
    assertThat(request.remaining()).isEqualTo(InetDiag.REQUEST_LENGTH);
    assertThat(request.get(16)).isEqualTo(InetDiag.AF_INET6);

    InetDiag.withPort(request, 1, InetDiag.AF_INET6, 80);
    assertThat(request.remaining()).isEqualTo(InetDiag.REQUEST_LENGTH);
  }

  @Test
  void distinguishesAnEndFromAnError() {
    assertThat(InetDiag.read(message(3, 0), 1, new ArrayList<>())).isEqualTo(new Done());
    assertThat(InetDiag.read(message(2, -2), 1, new ArrayList<>())).isEqualTo(new Failed(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 15, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesAMessageWithAnInvalidLength(int length) {
    ByteBuffer message = message(20, 0);
    message.putInt(0, length);
    assertThat(InetDiag.read(message, 1, new ArrayList<>())).isEqualTo(new Failed(0));
  }

  @Test
  @EnabledIf("littleEndian")
  void survivesTruncatedAndAlteredMessages() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      ByteBuffer bent = answer();
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        bent.put(random.nextInt(bent.limit()), (byte) random.nextInt());
      }
      bent.limit(random.nextInt(bent.limit() + 1));
      List<TcpSocket> found = new ArrayList<>();
      assertThat(InetDiag.read(bent, 1, found)).isNotNull();
    }
  }

  private static ByteBuffer answer() {
    return ByteBuffer.wrap(HexFormat.of().parseHex(ANSWER));
  }

  private static ByteBuffer message(int type, int body) {
    return ByteBuffer.allocate(20)
        .order(ByteOrder.nativeOrder())
        .putInt(20)
        .putShort((short) type)
        .putShort((short) 0)
        .putInt(1)
        .putInt(0)
        .putInt(body)
        .flip();
  }
}
