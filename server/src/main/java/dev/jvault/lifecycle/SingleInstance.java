package dev.jvault.lifecycle;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * The lock that the one daemon of a user holds. The system releases it when the process ends in any
 * way, so a stale lock never blocks the next daemon.
 */
public final class SingleInstance implements AutoCloseable {
  private static final int LONGEST_PID = 20;

  private final FileChannel channel;

  private SingleInstance(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws JvaultException if another daemon holds it
   */
  public static SingleInstance take(Path file, long pid) {
    try {
      FileChannel channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE));
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = content(channel);
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
      int _ = channel.write(StandardCharsets.US_ASCII.encode(Long.toString(pid)), 0);
      return new SingleInstance(channel);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON, "The lock file " + file + " cannot be taken: " + e.getMessage(), e);
    }
  }

  private static String content(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(LONGEST_PID);
    int _ = channel.read(buffer, 0);
    buffer.flip();
    return StandardCharsets.US_ASCII.decode(buffer).toString().strip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JvaultException(ExitCode.DAEMON, "The daemon's lock cannot be released.", e);
    }
  }
}
