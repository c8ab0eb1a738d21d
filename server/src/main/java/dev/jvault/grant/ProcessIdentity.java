package dev.jvault.grant;

import dev.jvault.protocol.ProcessState;
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
  /** The living process that has this pid now, if there is one; a zombie is none. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .filter(_ -> ProcessState.alive(pid))
        .map(handle ->
            new ProcessIdentity(pid, ProcessState.startTicks(pid).orElseGet(() -> millis(handle))));
  }

  /** Whether this same process is still alive. */
  public boolean alive() {
    return of(pid).equals(Optional.of(this));
  }

  private static long millis(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
