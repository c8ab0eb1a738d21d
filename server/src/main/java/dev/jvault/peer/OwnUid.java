package dev.jvault.peer;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The user id of this process. */
public final class OwnUid {
  private OwnUid() {}

  /** The effective user id. */
  public static long get() {
    // The owner of /proc/self would not do: it is root if the process must not be dumped.
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

  @SuppressWarnings("restricted") // The launcher gives --enable-native-access.
  static long fromTheLibrary() {
    Linker linker = Linker.nativeLinker();
    try {
      return Integer.toUnsignedLong(
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("geteuid"),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT))
                  .invokeExact());
    } catch (Throwable e) {
      throw new AssertionError("geteuid() cannot fail", e);
    }
  }
}
