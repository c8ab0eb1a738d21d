package dev.jvault.files;

import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates folders (0700) and writes files (0600) that are their owner's alone. */
public final class OwnerFiles {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OwnerFiles() {}

  /**
   * Makes a folder with its parents, or checks one that is there.
   *
   * @throws JvaultException if it belongs to another user or others may look into it
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
      if (!ownUid(folder)) {
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

  /** Where the system does not tell a process its own user id, the write that follows decides. */
  private static boolean ownUid(Path folder) throws IOException {
    Path self = Path.of("/proc/self");
    return !Files.exists(self)
        || Files.getAttribute(self, "unix:uid")
            .equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS));
  }

  /** Replaces a file as a whole: a reader sees the old or the new content, nothing between. */
  public static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces a file as a whole; one write at a time, so that leftovers can be told apart. */
  public static synchronized void write(Path file, byte[] content) {
    try {
      AtomicFile.removeLeftoversOf(file);
      AtomicFile.write(file, content, AtomicFile.OWNER_ONLY, Durability.PROCESS_END);
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be written", e);
    }
  }

  /** Removes a file that may not be there; never a temporary one that is being written. */
  public static synchronized void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw fault("The file " + file + " cannot be removed", e);
    }
  }

  private static JvaultException fault(String what, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new JvaultException(
        ExitCode.FAULT, what + " (" + reason + "); check its owner and the free space.", e);
  }
}
