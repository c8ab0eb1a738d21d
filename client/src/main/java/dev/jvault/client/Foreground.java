package dev.jvault.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether this process belongs to the terminal's foreground job. */
final class Foreground {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final int GROUP = 2;
  private static final int TTY = 4;
  private static final int TERMINAL_GROUP = 5;

  private Foreground() {}

  /** Whether the terminal is ours; also true if that cannot be known. */
  static boolean ours() {
    Optional<String[]> fields = fields();
    return fields.isEmpty() || fields.get()[GROUP].equals(fields.get()[TERMINAL_GROUP]);
  }

  /** The name of the controlling terminal, such as {@code pts/3}; empty if it is unknown. */
  static String terminal() {
    try {
      return fields().map(all -> name(Integer.parseInt(all[TTY]))).orElse("");
    } catch (NumberFormatException _) {
      return "";
    }
  }

  /** The kernel's encoding of a device: twelve bits of its major number within the minor's. */
  private static String name(int device) {
    int major = (device >> 8) & 0xfff;
    int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    if (major >= 136 && major <= 143) {
      return "pts/" + (minor + (major - 136) * 256);
    }
    return major == 4 ? "tty" + minor : "";
  }

  /** The fields behind the program's name, which may contain blanks and brackets. */
  private static Optional<String[]> fields() {
    try {
      String stat = Files.readString(STAT);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields.length > TERMINAL_GROUP ? Optional.of(fields) : Optional.empty();
    } catch (IOException | StringIndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }
}
