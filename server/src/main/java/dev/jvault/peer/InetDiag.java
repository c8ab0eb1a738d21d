package dev.jvault.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * The messages of {@code NETLINK_SOCK_DIAG} for TCP, as in {@code <linux/netlink.h>} and {@code
 * <linux/inet_diag.h>}. Numbers are in the machine's byte order, addresses and ports in network
 * order. See {@code sock_diag(7)}.
 */
final class InetDiag {
  static final int REQUEST_LENGTH = 72;
  static final byte AF_INET = 2;
  static final byte AF_INET6 = 10;

  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLMSG_ERROR = 2;
  private static final short NLMSG_DONE = 3;
  private static final short NLM_F_REQUEST = 0x1;
  private static final short NLM_F_DUMP = 0x300;
  private static final byte IPPROTO_TCP = 6;
  private static final int ALL_STATES = -1;

  /** Bits of the states ESTABLISHED, FIN_WAIT1, FIN_WAIT2 and CLOSE_WAIT. */
  private static final int OPEN_STATES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 8;

  private static final byte NO_EXTENSION = 0;

  /** The bit of {@code INET_DIAG_INFO}, a {@code struct tcp_info}. */
  private static final byte WITH_INFO = 1 << 1;

  private static final short INET_DIAG_INFO = 2;
  private static final int ATTRIBUTE_HEADER = 4;
  private static final int BYTES_RECEIVED = 128;
  private static final int BYTES_NOT_SENT = 144;
  private static final int BYTES_SENT = 200;
  private static final int BYTES_RETRANSMITTED = 208;
  private static final int NO_COOKIE = -1;
  private static final int HEADER_LENGTH = 16;
  private static final int ADDRESS_LENGTH = 16;
  private static final int ANSWER_LENGTH = 72;

  private InetDiag() {}

  /** A request for the one socket whose local end is the client. */
  static void exact(
      ByteBuffer into, int sequence, InetSocketAddress client, InetSocketAddress server) {
    boolean four = client.getAddress().getAddress().length == 4;
    start(into, sequence, (short) 0, four ? AF_INET : AF_INET6, NO_EXTENSION, ALL_STATES);
    into.putShort(network((short) client.getPort())).putShort(network((short) server.getPort()));
    put(into, client.getAddress());
    put(into, server.getAddress());
    end(into);
  }

  /** A request for all sockets of a family with this local port. */
  static void withPort(ByteBuffer into, int sequence, byte family, int port) {
    start(into, sequence, NLM_F_DUMP, family, NO_EXTENSION, ALL_STATES);
    into.putShort(network((short) port)).putShort((short) 0);
    into.put(new byte[2 * ADDRESS_LENGTH]);
    end(into);
  }

  /** A request for all open connections of a family, with what has passed through them. */
  static void open(ByteBuffer into, int sequence, byte family) {
    start(into, sequence, NLM_F_DUMP, family, WITH_INFO, OPEN_STATES);
    into.putInt(0);
    into.put(new byte[2 * ADDRESS_LENGTH]);
    end(into);
  }

  /**
   * Reads the messages of one datagram.
   *
   * @param sequence the number of the request whose answer is wanted; other messages are skipped
   * @param into receives the sockets
   */
  static Progress read(ByteBuffer datagram, int sequence, List<TcpSocket> into) {
    return read(datagram, sequence, (message, _) -> into.add(socket(message)));
  }

  /** The same for the answer to {@link #open}; without connections whose bytes are not known. */
  static Progress readOpen(ByteBuffer datagram, int sequence, List<TcpConnection> into) {
    return read(
        datagram,
        sequence,
        (message, end) -> {
          TcpSocket socket = socket(message);
          connection(socket, message, end).ifPresent(into::add);
        });
  }

  private static Progress read(ByteBuffer datagram, int sequence, ObjIntConsumer<ByteBuffer> into) {
    datagram.order(ByteOrder.nativeOrder());
    while (datagram.remaining() >= HEADER_LENGTH) {
      int start = datagram.position();
      int length = datagram.getInt();
      short type = datagram.getShort();
      datagram.getShort();
      int answered = datagram.getInt();
      datagram.getInt();
      if (length < HEADER_LENGTH || length > datagram.limit() - start) {
        return new Failed(0);
      }
      if (answered == sequence) {
        if (type == NLMSG_ERROR) {
          return new Failed(length < HEADER_LENGTH + Integer.BYTES ? 0 : -datagram.getInt());
        }
        if (type == NLMSG_DONE) {
          return new Done();
        }
        if (type == SOCK_DIAG_BY_FAMILY && length >= HEADER_LENGTH + ANSWER_LENGTH) {
          into.accept(datagram, start + length);
        }
      }
      datagram.position(Math.min(datagram.limit(), start + aligned(length)));
    }
    return new More();
  }

  /** Finds the attribute with what has passed; an older kernel tells less. */
  private static Optional<TcpConnection> connection(TcpSocket socket, ByteBuffer in, int end) {
    // Before the end of the fixed part are the lengths of both queues, the user and the inode.
    long unread = Integer.toUnsignedLong(in.getInt(in.position() - 4 * Integer.BYTES));
    while (in.position() + ATTRIBUTE_HEADER <= end) {
      int start = in.position();
      int length = Short.toUnsignedInt(in.getShort());
      short type = in.getShort();
      if (length < ATTRIBUTE_HEADER || start + length > end) {
        return Optional.empty();
      }
      int info = start + ATTRIBUTE_HEADER;
      if (type == INET_DIAG_INFO && start + length >= info + BYTES_RETRANSMITTED + Long.BYTES) {
        long sent = in.getLong(info + BYTES_SENT) - in.getLong(info + BYTES_RETRANSMITTED);
        long waiting = Integer.toUnsignedLong(in.getInt(info + BYTES_NOT_SENT));
        long read = in.getLong(info + BYTES_RECEIVED) - unread;
        return Optional.of(new TcpConnection(socket, read, sent + waiting, waiting));
      }
      in.position(Math.min(end, start + aligned(length)));
    }
    return Optional.empty();
  }

  private static void start(
      ByteBuffer into, int sequence, short flags, byte family, byte extension, int states) {
    into.clear().order(ByteOrder.nativeOrder());
    into.putInt(REQUEST_LENGTH).putShort(SOCK_DIAG_BY_FAMILY);
    into.putShort((short) (NLM_F_REQUEST | flags)).putInt(sequence).putInt(0);
    into.put(family).put(IPPROTO_TCP).put(extension).put((byte) 0).putInt(states);
  }

  private static void end(ByteBuffer into) {
    into.putInt(0).putInt(NO_COOKIE).putInt(NO_COOKIE).flip();
  }

  private static void put(ByteBuffer into, InetAddress address) {
    byte[] bytes = address.getAddress();
    into.put(bytes).put(new byte[ADDRESS_LENGTH - bytes.length]);
  }

  private static TcpSocket socket(ByteBuffer in) {
    byte family = in.get();
    int state = in.get();
    in.getShort();
    int localPort = Short.toUnsignedInt(network(in.getShort()));
    int remotePort = Short.toUnsignedInt(network(in.getShort()));
    InetAddress local = address(in, family);
    InetAddress remote = address(in, family);
    // Skips the interface, the cookie of 8 bytes, a timer and the lengths of two queues.
    in.position(in.position() + 6 * Integer.BYTES);
    long uid = Integer.toUnsignedLong(in.getInt());
    long inode = Integer.toUnsignedLong(in.getInt());
    return new TcpSocket(
        new InetSocketAddress(local, localPort),
        new InetSocketAddress(remote, remotePort),
        state,
        uid,
        inode);
  }

  private static InetAddress address(ByteBuffer in, byte family) {
    var bytes = new byte[ADDRESS_LENGTH];
    in.get(bytes);
    try {
      return InetAddress.getByAddress(family == AF_INET ? Arrays.copyOf(bytes, 4) : bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is always valid", e);
    }
  }

  private static short network(short number) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Short.reverseBytes(number) : number;
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }

  /** The state of an answer after one datagram. */
  sealed interface Progress {}

  /** An exact request has its one socket; a dump continues in the next datagram. */
  record More() implements Progress {}

  /** The dump has ended. */
  record Done() implements Progress {}

  /**
   * The kernel refused, or answered nothing that can be read.
   *
   * @param errno its error number, 0 for an unreadable answer
   */
  record Failed(int errno) implements Progress {}
}
