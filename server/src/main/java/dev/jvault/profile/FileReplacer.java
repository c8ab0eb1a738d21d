package dev.jvault.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes config files wholly or not at all, and onto the disk. */
final class FileReplacer {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");
  private static final int MOST_LINKS = 40;

  private FileReplacer() {}

  /** The file that a path leads to through symbolic links; it need not exist. */
  static Path followed(Path path) throws IOException {
    Path file = path;
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(path.toString(), null, "too many symbolic links");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  /** Replaces a file, which is no link, or makes it. */
  static void replace(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
    Path temporary =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".jvault-",
            ".tmp",
            PosixFilePermissions.asFileAttribute(OWNERS));
    try {
      write(temporary, content, mode);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      sync(file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Makes a new file, the owner's alone; a number is put behind a name that is taken. */
  static Path create(Path wanted, byte[] content) throws IOException {
    for (int number = 1; ; number++) {
      Path file = number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "." + number);
      try {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS));
      } catch (FileAlreadyExistsException _) {
        continue;
      }
      write(file, content, OWNERS);
      sync(file);
      return file;
    }
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      Files.setPosixFilePermissions(file, mode);
      channel.force(true);
    }
  }

  /** The name too: a folder is a file on Unix. */
  private static void sync(Path file) throws IOException {
    try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }

  /** What went wrong, in a few words. */
  static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.getClass().getSimpleName();
  }
}
