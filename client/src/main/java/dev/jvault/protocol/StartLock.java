package dev.jvault.protocol;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The lock that a client, or a daemon that hands over, holds while it starts a daemon, so that
 * fifty commands that start at once do not start fifty daemons. The system releases the lock of a
 * client that dies.
 */
public final class StartLock implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel channel;

  private StartLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the lock in an existing folder. */
  public static StartLock take(Path folder) {
    Path file = folder.resolve("start.lock");
    try {
      FileChannel channel = FileChannel.open(file, Set.of(CREATE, WRITE), OWNER_ONLY);
      var _ = channel.lock();
      return new StartLock(channel);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON,
          "The file "
              + file
              + " cannot be locked ("
              + FileFault.reason(e)
              + "); check the permissions of it and its folder, or move it away.",
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON, "The lock for starting a daemon cannot be released; try again.", e);
    }
  }
}
