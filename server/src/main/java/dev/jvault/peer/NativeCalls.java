package dev.jvault.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jvault.protocol.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library that netlink sockets need, which Java does not have. For one thread.
 */
final class NativeCalls {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MemorySegment state;
  private final MethodHandle socket =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private final MethodHandle send =
      handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private final MethodHandle receive =
      handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private final MethodHandle close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  /**
   * Links the calls.
   *
   * @param arena holds the error number of the last call
   * @throws UnsupportedOperationException if this Java cannot call native code
   * @throws IllegalCallerException if it may not ({@code --enable-native-access})
   */
  NativeCalls(Arena arena) {
    state = arena.allocate(STATE);
  }

  /** Returns a new descriptor, or -1. */
  int socket(int domain, int type, int protocol) {
    try {
      return (int) socket.invokeExact(state, domain, type, protocol);
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  /** Returns the number of bytes sent, or -1. */
  long send(int descriptor, MemorySegment bytes, long length) {
    try {
      return (long) send.invokeExact(state, descriptor, bytes, length, 0);
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  /** Returns the number of bytes received, or -1. */
  long receive(int descriptor, MemorySegment into, int flags) {
    try {
      return (long) receive.invokeExact(state, descriptor, into, into.byteSize(), flags);
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  void close(int descriptor) {
    try {
      int _ = (int) close.invokeExact(state, descriptor);
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }

  /** The error number of the last call that returned -1. */
  int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return NativeFunction.link(name, descriptor, Linker.Option.captureCallState("errno"));
  }
}
