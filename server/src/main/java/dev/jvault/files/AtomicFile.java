package dev.jvault.files;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file atomically: a reader sees the old or the new content, never a part of it. The new
 * content goes to a temporary file beside it ({@code .NAME.RANDOM.tmp}), which then takes its name.
 */
public final class AtomicFile {
  /** The permissions of a file that only its owner may read and write, 0600. */
  public static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The permissions of a file that its owner may only read, 0400. */
  public static final Set<PosixFilePermission> READ_ONLY = Set.of(PosixFilePermission.OWNER_READ);

  /** What the new content survives once the write has returned. */
  public enum Durability {
    /** The end of this process. */
    PROCESS_END,
    /** A power failure too: file and folder are synced to the disk. */
    POWER_FAILURE
  }

  private static final String TEMPORARY = ".tmp";
  private static final int MOST_LINKS = 40;

  private AtomicFile() {}

  /**
   * Replaces a file, or creates it. A symbolic link would be replaced itself: pass {@link
   * #linkTarget} to write through it.
   */
  public static void write(
      Path file, byte[] content, Set<PosixFilePermission> permissions, Durability durability)
      throws IOException {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + random + TEMPORARY);
    try {
      create(temporary, content, permissions, durability);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
    syncFolder(file, durability);
  }

  /**
   * Creates a file that only its owner can access and that survives a power failure. Never replaces
   * a file: adds a number to a name that is taken.
   *
   * @return the path of the new file
   */
  public static Path createBeside(Path wanted, byte[] content) throws IOException {
    for (int number = 1; ; number++) {
      Path file = number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "." + number);
      try {
        create(file, content, OWNER_ONLY, Durability.POWER_FAILURE);
      } catch (FileAlreadyExistsException _) {
        continue;
      }
      syncFolder(file, Durability.POWER_FAILURE);
      return file;
    }
  }

  /** The file that a path leads to through symbolic links; it need not exist. */
  public static Path linkTarget(Path path) throws IOException {
    Path file = path;
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(path.toString(), null, "too many symbolic links");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  /**
   * Removes the temporary files that killed writers have left in a folder. No process may be
   * writing in that folder.
   */
  public static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + TEMPORARY)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Removes the temporary files of one file; see {@link #removeLeftovers(Path)}. */
  public static void removeLeftoversOf(Path target) throws IOException {
    String start = "." + target.getFileName() + ".";
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder(target),
            file -> {
              String name = String.valueOf(file.getFileName());
              return name.startsWith(start) && name.endsWith(TEMPORARY);
            })) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void create(
      Path file, byte[] content, Set<PosixFilePermission> permissions, Durability durability)
      throws IOException {
    var ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      if (!permissions.equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(file, permissions);
      }
      if (durability == Durability.POWER_FAILURE) {
        channel.force(true);
      }
    }
  }

  /** A folder is a file too: syncing it makes the name durable. */
  private static void syncFolder(Path file, Durability durability) throws IOException {
    if (durability == Durability.POWER_FAILURE) {
      try (FileChannel folder = FileChannel.open(folder(file))) {
        folder.force(true);
      }
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static void discard(Path temporary, IOException reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
