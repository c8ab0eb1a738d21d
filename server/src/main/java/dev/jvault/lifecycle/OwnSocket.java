package dev.jvault.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The control socket's file, as it was when the daemon made it. Once it is gone or somebody else's
 * (a logout wiped the runtime folder, a home was thrown away), no client can find this daemon
 * again.
 */
public final class OwnSocket implements AutoCloseable {
  private final Path path;
  private volatile Optional<Object> key;

  /** Remembers the file that is there now. */
  public OwnSocket(Path path) {
    this.path = path;
    this.key = key(path);
  }

  /** Its path. */
  Path path() {
    return path;
  }

  /** Whether it is still there. */
  public boolean present() {
    return key.isPresent() && key(path).equals(key);
  }

  /**
   * Removes it, unless it is another daemon's by now. After this it is never taken for our own: a
   * file that is made next may get the same inode.
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
