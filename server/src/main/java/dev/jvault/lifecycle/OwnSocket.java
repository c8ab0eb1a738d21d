package dev.jvault.lifecycle;

import dev.jvault.files.FileIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file through which clients find this daemon, as the daemon made it: the control socket, or the
 * file with its path. Once it is gone or replaced, no client finds the daemon until it is made
 * again.
 */
public final class OwnSocket implements AutoCloseable {
  private final Path path;
  private volatile FileIdentity made;

  /** Remembers the file that is at this path now. */
  public OwnSocket(Path path) {
    this.path = path;
    this.made = FileIdentity.of(path);
  }

  /** Whether the daemon's own file is still there. */
  public boolean present() {
    return made.isStillThere();
  }

  /**
   * Deletes the file, unless it is another daemon's by now. From then on {@link #present} is false,
   * because the next file may get the same inode.
   */
  @Override
  public void close() {
    try {
      if (present()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      made = new FileIdentity(path, Optional.empty());
    }
  }
}
