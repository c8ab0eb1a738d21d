package dev.jvault.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jvault.protocol.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.SocketAddress;
import java.util.Optional;

/** The calls of Linux's C library about sockets that Java has only for its own sockets. */
final class SocketCalls {
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** {@code sizeof(struct sockaddr_storage)}. */
  private static final int LONGEST_ADDRESS = 128;

  private final MethodHandle getsockname =
      link("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private final MethodHandle getsockopt =
      link(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private final MethodHandle dup2 =
      link("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private final MethodHandle socket =
      link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private final MethodHandle sendto =
      link(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private final MethodHandle close = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  /** The address of a socket; empty if the descriptor is none, or of another family. */
  Optional<SocketAddress> address(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(LONGEST_ADDRESS, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, LONGEST_ADDRESS);
      int result = (int) getsockname.invokeExact(descriptor, address, length);
      return result == 0
          ? RawAddress.parse(address.asSlice(0, length.get(JAVA_INT, 0)))
          : Optional.empty();
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  /** Whether a descriptor is a stream socket that listens. */
  boolean listens(int descriptor) {
    return option(descriptor, SO_TYPE) == SOCK_STREAM && option(descriptor, SO_ACCEPTCONN) == 1;
  }

  /** Makes one descriptor lead to what another one leads to; false if the system refuses. */
  boolean replace(int replaced, int by) {
    try {
      return (int) dup2.invokeExact(by, replaced) >= 0;
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  /** Sends a datagram to a Unix socket, from a socket without a name; false if that fails. */
  boolean send(byte[] datagram, byte[] address) {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int) socket.invokeExact((int) RawAddress.UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (descriptor < 0) {
        return false;
      }
      try {
        MemorySegment bytes = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, datagram);
        MemorySegment to = RawAddress.unix(arena, address);
        long sent =
            (long)
                sendto.invokeExact(
                    descriptor, bytes, bytes.byteSize(), MSG_NOSIGNAL, to, (int) to.byteSize());
        return sent == datagram.length;
      } finally {
        int _ = (int) close.invokeExact(descriptor);
      }
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  private int option(int descriptor, int option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
      int result = (int) getsockopt.invokeExact(descriptor, SOL_SOCKET, option, value, length);
      return result == 0 ? value.get(JAVA_INT, 0) : -1;
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  private static MethodHandle link(String name, FunctionDescriptor descriptor) {
    return NativeFunction.link(name, descriptor);
  }
}
