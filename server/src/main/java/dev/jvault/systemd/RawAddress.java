package dev.jvault.systemd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses of sockets in the form of Linux: {@code struct sockaddr_in}, {@code _in6}, {@code _un}.
 */
final class RawAddress {
  static final short UNIX = 1;
  private static final short IPV4 = 2;
  private static final short IPV6 = 10;
  private static final int FAMILY_BYTES = 2;

  private RawAddress() {}

  /** The address; empty if it is of another family, or a Unix socket's without a path. */
  static Optional<SocketAddress> parse(MemorySegment raw) {
    if (raw.byteSize() < FAMILY_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = raw.toArray(JAVA_BYTE);
    return switch (raw.get(JAVA_SHORT, 0)) {
      case IPV4 -> Optional.of(internet(bytes, 4, 4));
      case IPV6 -> Optional.of(internet(bytes, 8, 16));
      case UNIX -> path(bytes);
      default -> Optional.empty();
    };
  }

  /**
   * The address of a Unix socket.
   *
   * @param name its path, or a zero byte and an abstract name
   */
  static MemorySegment unix(Arena arena, byte[] name) {
    MemorySegment raw = arena.allocate(FAMILY_BYTES + name.length, 8);
    raw.set(JAVA_SHORT, 0, UNIX);
    MemorySegment.copy(name, 0, raw, JAVA_BYTE, FAMILY_BYTES, name.length);
    return raw;
  }

  private static SocketAddress internet(byte[] raw, int begin, int length) {
    int port = ((raw[2] & 0xff) << 8) | (raw[3] & 0xff);
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(Arrays.copyOfRange(raw, begin, begin + length)), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private static Optional<SocketAddress> path(byte[] raw) {
    int end = FAMILY_BYTES;
    while (end < raw.length && raw[end] != 0) {
      end++;
    }
    return end == FAMILY_BYTES
        ? Optional.empty()
        : Optional.of(
            UnixDomainSocketAddress.of(
                new String(raw, FAMILY_BYTES, end - FAMILY_BYTES, StandardCharsets.UTF_8)));
  }
}
