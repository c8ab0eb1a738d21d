package dev.jvault.grant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, identified so that a later one with the same pid is not mistaken for it.
 *
 * @param pid its process id
 * @param started a value that differs between two processes of one pid: on Linux the start time in
 *     clock ticks since boot (field 22 of {@code /proc/PID/stat}), elsewhere epoch milliseconds
 */
public record ProcessIdentity(long pid, long started) {
  /** The process that has this pid now, if there is one. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(handle -> new ProcessIdentity(pid, startTicks(pid).orElseGet(() -> millis(handle))));
  }

  /** Whether this same process is still alive. */
  public boolean alive() {
    return of(pid).equals(Optional.of(this));
  }

  private static long millis(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Counts fields from the last parenthesis: the command's name may hold spaces and such too. */
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
