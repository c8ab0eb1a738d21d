package dev.jvault.protocol;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What the file of the daemon's lock says: the daemon's process id, and in a second line when that
 * process started, so that a later process with the same id is not mistaken for it.
 *
 * @param pid the daemon's process id
 * @param started its start in clock ticks since boot, or 0 if the system does not tell
 */
public record DaemonLock(long pid, long started) {
  /** What this file says of a process that takes the lock. */
  public static DaemonLock of(long pid) {
    return new DaemonLock(pid, ProcessState.startTicks(pid).orElse(0));
  }

  /** Reads a lock file; empty if there is none or no process has it. */
  public static Optional<DaemonLock> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Reads the content of a lock file; one line is enough. */
  public static Optional<DaemonLock> parse(String content) {
    List<String> lines = content.strip().lines().toList();
    try {
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new DaemonLock(
                  Long.parseLong(lines.getFirst()),
                  lines.size() > 1 ? Long.parseLong(lines.get(1)) : 0));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** The content of the file. */
  public String content() {
    return pid + "\n" + started + "\n";
  }

  /** Whether the daemon is a living process of this system; a zombie is none. */
  public boolean living() {
    return ProcessState.alive(pid)
        && (started == 0 || ProcessState.startTicks(pid).orElse(started) == started);
  }

  /**
   * Whether another process holds the lock: also one that this system does not show, such as a
   * daemon in a container or on another machine that has the same folder.
   */
  public static boolean held(Path file) {
    // A shared lock, so that two clients that look at once do not see each other.
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (IOException _) {
      return false;
    }
  }
}
