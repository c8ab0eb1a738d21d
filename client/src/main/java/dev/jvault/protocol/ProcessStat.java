package dev.jvault.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} says of a process (proc(5)).
 *
 * @param state one letter, such as {@code Z} for a zombie
 * @param group its process group
 * @param terminal its controlling terminal, as the kernel encodes a device
 * @param terminalGroup the process group that has the terminal
 * @param startTicks its start in clock ticks since boot
 */
public record ProcessStat(
    String state, int group, int terminal, int terminalGroup, long startTicks) {
  /** The current process; empty on systems without that file. */
  public static Optional<ProcessStat> ofThisProcess() {
    return of("self");
  }

  /** A process; empty if there is none, or on systems without that file. */
  public static Optional<ProcessStat> of(long pid) {
    return of(Long.toString(pid));
  }

  private static Optional<ProcessStat> of(String process) {
    try {
      String line = Files.readString(Path.of("/proc", process, "stat"));
      // The command's name before these fields may hold any character.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(
          new ProcessStat(
              fields[0],
              Integer.parseInt(fields[2]),
              Integer.parseInt(fields[4]),
              Integer.parseInt(fields[5]),
              Long.parseLong(fields[19])));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}
