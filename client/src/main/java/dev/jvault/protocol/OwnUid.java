package dev.jvault.protocol;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The user id of this process. */
public final class OwnUid {
  private OwnUid() {}

  /** The effective user id. */
  public static long get() {
    // Not the owner of /proc/self: that is root for a process that must not be dumped.
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return status
          .filter(line -> line.startsWith("Uid:"))
          .map(line -> line.split("\\s+", 4)[2])
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseGet(OwnUid::fromTheLibrary);
    } catch (IOException _) {
      return fromTheLibrary();
    }
  }

  /** Whether a file belongs to the user of this process. */
  public static boolean owns(Path file, LinkOption... links) throws IOException {
    return of(file, links) == get();
  }

  /** The user id of a file's owner. */
  public static long of(Path file, LinkOption... links) throws IOException {
    return Integer.toUnsignedLong(
        ((Number) Files.getAttribute(file, "unix:uid", links)).intValue());
  }

  static long fromTheLibrary() {
    MethodHandle geteuid =
        NativeFunction.link("geteuid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    try {
      return Integer.toUnsignedLong((int) geteuid.invokeExact());
    } catch (Throwable e) {
      throw NativeFunction.cannotHappen(e);
    }
  }
}
