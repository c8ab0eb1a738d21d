package dev.jvault.files;

import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates folders (0700) and writes files (0600) that only their owner can access. */
public final class OwnerFiles {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OwnerFiles() {}

  /** Creates a folder with its parents if it does not exist, without a check of an existing one. */
  public static void create(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, FOLDER);
      }
    } catch (IOException e) {
      throw fault("The folder " + folder + " cannot be made", e);
    }
  }

  /**
   * Creates a folder with its parents, or checks an existing one.
   *
   * @throws JvaultException if it belongs to another user or is open to others
   */
  public static void folder(Path folder) {
    try {
      Files.createDirectories(folder.getParent());
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, FOLDER);
      }
    } catch (IOException e) {
      throw fault("The folder " + folder + " cannot be made", e);
    }
    checkOwned(folder);
  }

  private static void checkOwned(Path folder) {
    try {
      if (!OwnUid.owns(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new JvaultException(
            ExitCode.FAULT,
            "The folder "
                + folder
                + " belongs to another user; set JVAULT_HOME to a folder of your own.");
      }
      if (Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream()
          .anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
        throw new JvaultException(
            ExitCode.FAULT,
            "The folder " + folder + " is open to others; run 'chmod 700 " + folder + "'.");
      }
    } catch (IOException e) {
      throw fault("The folder " + folder + " cannot be looked at", e);
    }
  }

  /** Replaces a file atomically: a reader sees the old or the new content, never a part of it. */
  public static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces a file atomically. One write runs at a time, so every other temporary file is a
   * leftover and is removed.
   */
  public static void write(Path file, byte[] content) {
    write(file, content, AtomicFile.OWNER_ONLY, Durability.PROCESS_END);
  }

  /** The same; the new content survives a power failure once this returns. */
  public static void writeDurably(Path file, String content) {
    writeDurably(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The same; the new content survives a power failure once this returns. */
  public static void writeDurably(Path file, byte[] content) {
    write(file, content, AtomicFile.OWNER_ONLY, Durability.POWER_FAILURE);
  }

  /** The same for a file that its owner may only read (0400), because a write would be lost. */
  public static void writeReadOnly(Path file, byte[] content) {
    write(file, content, AtomicFile.READ_ONLY, Durability.PROCESS_END);
  }

  private static synchronized void write(
      Path file, byte[] content, Set<PosixFilePermission> permissions, Durability durability) {
    try {
      AtomicFile.removeLeftoversOf(file);
      AtomicFile.write(file, content, permissions, durability);
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be written", e);
    }
  }

  /**
   * Replaces a file atomically in a folder of many files, whose leftovers {@link #sweep} has
   * removed.
   */
  public static synchronized void writeSwept(Path file, byte[] content) {
    try {
      AtomicFile.write(file, content, AtomicFile.OWNER_ONLY, Durability.PROCESS_END);
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be written", e);
    }
  }

  /** Removes the temporary files that killed writers have left in a folder, if it can. */
  public static synchronized void sweep(Path folder) {
    try {
      AtomicFile.removeLeftovers(folder);
    } catch (IOException _) {
      // They only take room.
    }
  }

  /** Removes a file if it exists; never while a file is being written. */
  public static synchronized void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be removed", e);
    }
  }

  private static JvaultException fault(String what, IOException e) {
    return new JvaultException(
        ExitCode.FAULT,
        what + " (" + FileFault.reason(e) + "); check its owner and the free space.",
        e);
  }
}
