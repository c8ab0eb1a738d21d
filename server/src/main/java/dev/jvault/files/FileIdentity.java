package dev.jvault.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file as it was at some moment, to notice that it was deleted or replaced.
 *
 * @param path its path
 * @param key the device and inode; empty if there was no file
 */
public record FileIdentity(Path path, Optional<Object> key) {
  /** The file that is at this path now. */
  public static FileIdentity of(Path path) {
    return new FileIdentity(path, key(path));
  }

  /** Whether that same file is still at its path. */
  public boolean isStillThere() {
    return key.isPresent() && key(path).equals(key);
  }

  private static Optional<Object> key(Path path) {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
