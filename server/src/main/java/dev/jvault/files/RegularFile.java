package dev.jvault.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads regular files only, up to a limit. Blocks as long as the system does, so call it from
 * {@link ForeignFiles} only.
 */
public final class RegularFile {
  /** Opens a file; a test replaces it. */
  @FunctionalInterface
  interface Opener {
    InputStream open(Path path) throws IOException;
  }

  private RegularFile() {}

  /**
   * The content of a file; links are followed.
   *
   * @param most the limit in bytes
   * @throws FileUnusableException if it is no regular file, or larger than the limit
   */
  public static byte[] content(Path path, int most) throws IOException {
    return content(path, most, Files::newInputStream);
  }

  /** The first bytes of a file, as many as wanted or as it has. */
  public static byte[] start(Path path, int wanted) throws IOException {
    requireRegular(path);
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(wanted);
    }
  }

  static byte[] content(Path path, int most, Opener opener) throws IOException {
    requireRegular(path);
    try (InputStream in = opener.open(path)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new FileUnusableException(path, FileUnusableException.Fault.TOO_LARGE);
      }
      return content;
    }
  }

  private static void requireRegular(Path path) throws IOException {
    BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
    if (!file.isRegularFile()) {
      throw new FileUnusableException(
          path,
          file.isDirectory()
              ? FileUnusableException.Fault.DIRECTORY
              : FileUnusableException.Fault.NOT_REGULAR);
    }
  }
}
