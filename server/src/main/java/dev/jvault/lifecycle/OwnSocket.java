package dev.jvault.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The file of the control socket, as the daemon made it. Once that file is gone or replaced, as
 * after a logout that wiped the runtime folder, no client can find this daemon again.
 */
public final class OwnSocket implements AutoCloseable {
  private final Path path;
  private volatile Optional<Object> key;

  /** Remembers the file that is at this path now. */
  public OwnSocket(Path path) {
    this.path = path;
    this.key = key(path);
  }

  /** Its path. */
  Path path() {
    return path;
  }

  /** Whether the daemon's own file is still there. */
  public boolean present() {
    return key.isPresent() && key(path).equals(key);
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
      key = Optional.empty();
    }
  }

  private static Optional<Object> key(Path path) {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
