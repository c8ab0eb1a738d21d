package dev.jvault.http;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.jvault.peer.PortListeners;
import dev.jvault.protocol.NativeFunction;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A port that two processes of one user listen on during a handover, with {@code SO_REUSEPORT}
 * (socket(7)). Linux checks the option of every listener when the second one binds, so the first
 * may set it long after its own bind. Other systems may refuse.
 */
final class SharedPort {
  /** {@code SOL_SOCKET} and {@code SO_ATTACH_REUSEPORT_CBPF} of Linux's asm-generic/socket.h. */
  private static final int SOL_SOCKET = 1;

  private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

  /** {@code BPF_RET | BPF_K}: the program returns a constant, here the index of a listener. */
  private static final short BPF_RETURN = 0x06;

  private static final long PROGRAM_BYTES = 16;

  private SharedPort() {}

  /** Allows or forbids other processes of this user to bind the port of a listener. */
  static void allow(ServerSocketChannel listener, boolean others) throws IOException {
    listener.setOption(StandardSocketOptions.SO_REUSEPORT, others);
  }

  /**
   * Makes the kernel forget that a port was shared. The kernel keeps that until a process binds the
   * same port, at any address, without sharing it.
   */
  static void forget(int port) throws IOException {
    try (SocketChannel other = SocketChannel.open()) {
      other.bind(new InetSocketAddress("127.0.0.2", port));
    }
  }

  /**
   * Directs all new connections to one of two listeners, on Linux. The other listener keeps what is
   * in its queue and gets no more, so it can drain the queue and close without resetting a client.
   *
   * @param newer true for the listener that was bound last
   * @return whether the kernel does so; otherwise it spreads connections over both, and one that
   *     arrives while a listener closes may be reset
   */
  static boolean direct(int port, boolean newer) {
    List<Integer> listeners = PortListeners.ownDescriptors(port);
    try (Arena arena = Arena.ofConfined()) {
      // The kernel numbers the listeners of a port from 0, in the order in which they were bound.
      MemorySegment program = constant(arena, newer ? 1 : 0);
      return !listeners.isEmpty()
          && listeners.stream().allMatch(descriptor -> attach(descriptor, program));
    } catch (IllegalCallerException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** A {@code struct sock_fprog} with one {@code struct sock_filter} (linux/filter.h). */
  private static MemorySegment constant(Arena arena, int index) {
    MemorySegment filter = arena.allocate(8, 4);
    filter.set(JAVA_SHORT, 0, BPF_RETURN);
    filter.set(JAVA_INT, 4, index);
    MemorySegment program = arena.allocate(PROGRAM_BYTES, 8);
    program.set(JAVA_SHORT, 0, (short) 1);
    program.set(ADDRESS, 8, filter);
    return program;
  }

  private static boolean attach(int descriptor, MemorySegment program) {
    MethodHandle setsockopt =
        NativeFunction.link(
            "setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    try {
      int result =
          (int)
              setsockopt.invokeExact(
                  descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program, (int) PROGRAM_BYTES);
      return result == 0;
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }
}
