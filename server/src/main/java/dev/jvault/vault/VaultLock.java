package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps other processes out of an open vault. The lock ends with the process. */
final class VaultLock implements AutoCloseable {
  static final String FILE = "vault.lock";

  private final FileChannel channel;

  private VaultLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or throws an exception that names the process which holds it. */
  static VaultLock take(VaultFolder folder) {
    FileChannel channel = null;
    try {
      channel = folder.openLock(FILE);
      if (tryLock(channel) == null) {
        throw new JvaultException(
            ExitCode.VAULT,
            "The vault %s is in use by another jvault (process %s); stop that one first."
                .formatted(folder.file(FILE).getParent(), holder(channel)));
      }
      channel.truncate(0);
      channel.write(bytes(Long.toString(ProcessHandle.current().pid())), 0);
      VaultLock lock = new VaultLock(channel);
      channel = null;
      return lock;
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.VAULT,
          "%s cannot be locked against other writers (%s); move it away."
              .formatted(folder.file(FILE), FileFault.reason(e)),
          e);
    } finally {
      closeQuietly(channel);
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(32);
    channel.read(pid, 0);
    return StandardCharsets.US_ASCII.decode(pid.flip()).toString().strip();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The descriptor and its lock are gone either way.
      }
    }
  }
}
