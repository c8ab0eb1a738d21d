package dev.jvault.lifecycle;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.jvault.files.FileIdentity;
import dev.jvault.protocol.DaemonLock;
import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The lock that the one daemon of a vault holds, in the vault's folder. The system releases it when
 * the process ends in any way, so a stale lock never blocks the next daemon. Safe for many threads.
 */
public final class SingleInstance implements AutoCloseable {
  private static final int LONGEST_CONTENT = 64;

  private final Path file;
  private final long pid;
  private FileChannel channel;
  private FileIdentity locked;
  private boolean released;

  private SingleInstance(Path file, long pid) {
    this.file = file;
    this.pid = pid;
    this.channel = lock(file, pid);
    this.locked = FileIdentity.of(file);
  }

  /**
   * Takes the lock.
   *
   * @param file the lock file, in an existing folder
   * @throws JvaultException if another daemon holds it
   */
  public static SingleInstance take(Path file, long pid) {
    return new SingleInstance(file, pid);
  }

  /**
   * Takes the lock again if its file was deleted or replaced, so that no second daemon starts.
   *
   * @return whether this daemon has the lock; false if the folder is gone, or another daemon was
   *     quicker
   */
  public synchronized boolean keep() {
    if (released || locked.isStillThere()) {
      return true;
    }
    try {
      FileChannel again = lock(file, pid);
      channel.close();
      channel = again;
      locked = FileIdentity.of(file);
      return true;
    } catch (IOException | JvaultException _) {
      return false;
    }
  }

  /** Releases the lock. The file says from now on that no process has it. */
  @Override
  public synchronized void close() {
    if (released) {
      return;
    }
    released = true;
    try (FileChannel open = channel) {
      open.truncate(0);
    } catch (IOException e) {
      throw new JvaultException(ExitCode.DAEMON, "The daemon's lock cannot be released.", e);
    }
  }

  private static FileChannel lock(Path file, long pid) {
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(CREATE, READ, WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      if (!tryLock(channel)) {
        String holder = holder(channel);
        channel.close();
        throw new JvaultException(
            ExitCode.DAEMON,
            ErrorCode.ALREADY_RUNNING,
            "jvault is already running (pid "
                + holder
                + "); `jvault server --background --profile NAME` adds a profile to it, `jvault"
                + " stop` ends it.");
      }
      channel.truncate(0);
      int _ = channel.write(StandardCharsets.US_ASCII.encode(DaemonLock.of(pid).content()), 0);
      return channel;
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The lock file %s cannot be taken (%s); check its owner and the free space."
              .formatted(file, FileFault.reason(e)),
          e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(LONGEST_CONTENT);
    int _ = channel.read(buffer, 0);
    return DaemonLock.parse(StandardCharsets.US_ASCII.decode(buffer.flip()).toString())
        .map(lock -> Long.toString(lock.pid()))
        .orElse("unknown");
  }
}
