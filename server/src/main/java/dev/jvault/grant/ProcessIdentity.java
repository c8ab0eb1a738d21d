package dev.jvault.grant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param started a value that differs between two processes of one number: on Linux the start time
 *     in clock ticks since boot (field 22 of {@code /proc/PID/stat}), elsewhere epoch milliseconds
 */
public record ProcessIdentity(long pid, long started) {
  /** The process that has this number now, if there is one. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(handle -> new ProcessIdentity(pid, startTicks(pid).orElseGet(() -> millis(handle))));
  }

  /** Whether that very process still lives. */
  public boolean alive() {
    return of(pid).equals(Optional.of(this));
  }

  private static long millis(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** The command's name, field 2, may hold spaces and parentheses: count from the last one. */
  private static Optional<Long> startTicks(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String line = Files.readString(stat);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(Long.parseLong(fields[19]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
