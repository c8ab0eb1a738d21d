package dev.jvault.protocol;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Closes the memory and the environment of this process to all other processes, those of the same
 * user included, as ssh-agent does. Root can still read them.
 *
 * <p>On Linux the process becomes one that must not be dumped: the kernel writes no core dump of
 * it, not even into a pipe, which ignores the limit on core files; {@code ptrace} is refused; and
 * {@code /proc/PID/mem}, {@code environ}, {@code fd} and others belong to root. On macOS debuggers
 * are refused, and the limit on core files is zero.
 */
public final class ProcessMemory {
  /** {@code PR_SET_DUMPABLE} of Linux. */
  private static final int SET_DUMPABLE = 4;

  /** {@code PT_DENY_ATTACH} of macOS. */
  private static final int DENY_ATTACH = 31;

  /** {@code RLIMIT_CORE}. */
  private static final int CORE_LIMIT = 4;

  /** The calls of the C library; each returns 0 if it succeeded. */
  interface Library {
    /** {@code prctl} of Linux, with one value. */
    int prctl(int option, long value);

    /** {@code ptrace} of macOS, for this process. */
    int ptrace(int request);

    /** {@code setrlimit} to zero, for the current and the highest limit. */
    int setLimitToZero(int resource);
  }

  private ProcessMemory() {}

  /**
   * Closes it. To be called before the process has a secret, because what has been read or dumped
   * before stays so.
   *
   * @return whether the system has done it; false as well if it is neither Linux nor macOS
   */
  public static boolean close() {
    try {
      return close(System.getProperty("os.name", ""), new NativeLibrary());
    } catch (RuntimeException _) {
      // This Java cannot, or may not, call the C library.
      return false;
    }
  }

  static boolean close(String osName, Library library) {
    if (osName.startsWith("Linux")) {
      return library.prctl(SET_DUMPABLE, 0) == 0;
    }
    return osName.startsWith("Mac")
        && library.ptrace(DENY_ATTACH) == 0
        && library.setLimitToZero(CORE_LIMIT) == 0;
  }

  /** Links each call when it is made, because a system has only its own. */
  private static final class NativeLibrary implements Library {
    @Override
    public int prctl(int option, long value) {
      MethodHandle call =
          NativeFunction.link(
              "prctl",
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
              Linker.Option.firstVariadicArg(1));
      try {
        return (int) call.invokeExact(option, value);
      } catch (Throwable e) {
        throw NativeFunction.cannotHappen(e);
      }
    }

    @Override
    public int ptrace(int request) {
      MethodHandle call =
          NativeFunction.link(
              "ptrace", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
      try {
        return (int) call.invokeExact(request, 0, MemorySegment.NULL, 0);
      } catch (Throwable e) {
        throw NativeFunction.cannotHappen(e);
      }
    }

    @Override
    public int setLimitToZero(int resource) {
      MethodHandle call =
          NativeFunction.link("setrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
      try (Arena arena = Arena.ofConfined()) {
        return (int) call.invokeExact(resource, arena.allocate(ValueLayout.JAVA_LONG, 2));
      } catch (Throwable e) {
        throw NativeFunction.cannotHappen(e);
      }
    }
  }
}
