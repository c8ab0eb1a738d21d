package dev.jvault.clock;

import dev.jvault.protocol.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * A monotonic clock that counts the time in which the machine sleeps. {@link System#nanoTime} stops
 * meanwhile, on Linux and on macOS. Safe for many threads.
 */
@FunctionalInterface
interface SleepAwareClock {
  /** {@code CLOCK_BOOTTIME} of Linux. */
  int LINUX = 7;

  /** {@code CLOCK_MONOTONIC} of macOS, which counts sleep there. */
  int MAC = 6;

  /** Nanoseconds since an arbitrary moment. */
  long nanos();

  /** The system's clock of this kind; {@link System#nanoTime} if the system has none. */
  static SleepAwareClock ofThisSystem() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    try {
      var clock = new OfTheLibrary(system.contains("mac") ? MAC : LINUX);
      long _ = clock.nanos();
      return clock;
    } catch (RuntimeException | LinkageError _) {
      return System::nanoTime;
    }
  }

  /** Asks {@code clock_gettime}. */
  final class OfTheLibrary implements SleepAwareClock {
    private static final long NANOS = 1_000_000_000L;
    private static final StructLayout TIMESPEC =
        MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    private final MethodHandle function;
    private final int id;

    OfTheLibrary(int id) {
      this.id = id;
      this.function =
          NativeFunction.link(
              "clock_gettime",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    @Override
    public long nanos() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment time = arena.allocate(TIMESPEC);
        if ((int) function.invokeExact(id, time) != 0) {
          throw new IllegalStateException("clock_gettime knows no clock " + id);
        }
        return time.get(ValueLayout.JAVA_LONG, 0) * NANOS
            + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
      } catch (RuntimeException e) {
        throw e;
      } catch (Throwable e) {
        throw NativeFunction.cannotHappen(e);
      }
    }
  }
}
