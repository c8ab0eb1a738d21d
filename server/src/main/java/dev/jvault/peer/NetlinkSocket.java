package dev.jvault.peer;

import dev.jvault.peer.InetDiag.Done;
import dev.jvault.peer.InetDiag.Failed;
import dev.jvault.peer.InetDiag.More;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket on which the kernel answers requests about TCP sockets. The kernel answers during the
 * send, so nothing here blocks. For one thread at a time.
 */
final class NetlinkSocket implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int ENOENT = 2;
  private static final long DATAGRAM = 32 * 1024L;

  private final Arena arena = Arena.ofShared();
  private final NativeCalls calls;
  private final MemorySegment request;
  private final MemorySegment answer;
  private final ByteBuffer requestBytes;
  private final int descriptor;
  private int sequence;

  /**
   * Opens a socket.
   *
   * @throws NetlinkException if the kernel or a sandbox refuses
   */
  NetlinkSocket() throws NetlinkException {
    try {
      calls = new NativeCalls(arena);
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      arena.close();
      throw new NetlinkException("native calls are not possible", e);
    }
    request = arena.allocate(InetDiag.REQUEST_LENGTH);
    answer = arena.allocate(DATAGRAM, Integer.BYTES);
    requestBytes = request.asByteBuffer();
    descriptor = calls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
    if (descriptor < 0) {
      var refused = new NetlinkException("socket", calls.errno());
      arena.close();
      throw refused;
    }
  }

  /**
   * The socket with these two ends, if there is one. The kernel may return a similar socket, so the
   * caller has to check it.
   */
  List<TcpSocket> exact(InetSocketAddress client, InetSocketAddress server)
      throws NetlinkException {
    InetDiag.exact(requestBytes, ++sequence, client, server);
    send();
    var found = new ArrayList<TcpSocket>();
    switch (receive(found)) {
      case Failed(int errno) when errno == ENOENT -> {}
      case Failed(int errno) -> throw new NetlinkException("exact", errno);
      case More(), Done() -> {}
    }
    return found;
  }

  /** All sockets with this local port, of both families. */
  List<TcpSocket> withPort(int port) throws NetlinkException {
    var found = new ArrayList<TcpSocket>();
    for (byte family : new byte[] {InetDiag.AF_INET, InetDiag.AF_INET6}) {
      InetDiag.withPort(requestBytes, ++sequence, family, port);
      dump(() -> receive(found));
    }
    return found;
  }

  /** All open connections, of both families, with what has passed through them. */
  List<TcpConnection> open() throws NetlinkException {
    var found = new ArrayList<TcpConnection>();
    for (byte family : new byte[] {InetDiag.AF_INET, InetDiag.AF_INET6}) {
      InetDiag.open(requestBytes, ++sequence, family);
      dump(() -> InetDiag.readOpen(received(), sequence, found));
    }
    return found;
  }

  @Override
  public void close() {
    calls.close(descriptor);
    arena.close();
  }

  /** Reads one datagram of an answer. */
  @FunctionalInterface
  private interface Reader {
    InetDiag.Progress read() throws NetlinkException;
  }

  /** Sends the request, and reads the datagrams of its answer to the last one. */
  private void dump(Reader reader) throws NetlinkException {
    send();
    InetDiag.Progress progress = reader.read();
    while (progress instanceof More) {
      progress = reader.read();
    }
    if (progress instanceof Failed(int errno)) {
      throw new NetlinkException("dump", errno);
    }
  }

  private void send() throws NetlinkException {
    if (calls.send(descriptor, request, InetDiag.REQUEST_LENGTH) != InetDiag.REQUEST_LENGTH) {
      throw new NetlinkException("send", calls.errno());
    }
  }

  private InetDiag.Progress receive(List<TcpSocket> into) throws NetlinkException {
    return InetDiag.read(received(), sequence, into);
  }

  private ByteBuffer received() throws NetlinkException {
    long length = calls.receive(descriptor, answer, MSG_DONTWAIT);
    if (length <= 0) {
      throw new NetlinkException("recv", calls.errno());
    }
    return answer.asSlice(0, length).asByteBuffer();
  }

  /** The kernel did not answer a request over netlink. */
  static final class NetlinkException extends Exception {
    private static final long serialVersionUID = 1L;

    NetlinkException(String step, int errno) {
      super(step + " failed with errno " + errno);
    }

    NetlinkException(String step, RuntimeException cause) {
      super(step, cause);
    }
  }
}
