package dev.jvault.vault;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Refuses folders and files that belong to another user, or that other users can reach. Each
 * refusal is a {@link JvaultException} with {@link ExitCode#VAULT}.
 */
final class OwnerOnlyAccess {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private OwnerOnlyAccess() {}

  /** Refuses a path that is not a folder of this user alone. */
  static void requireFolder(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw wrongKind(path, "folder");
    }
    requireOwnerOnly(path, "700");
  }

  /** Refuses a path that is not a regular file of this user alone; a symbolic link is none. */
  static void requireFile(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw wrongKind(path, "regular file");
    }
    requireOwnerOnly(path, "600", LinkOption.NOFOLLOW_LINKS);
  }

  private static void requireOwnerOnly(Path path, String mode, LinkOption... links)
      throws IOException {
    Set<PosixFilePermission> wider = EnumSet.noneOf(PosixFilePermission.class);
    wider.addAll(Files.getPosixFilePermissions(path, links));
    wider.removeAll(OWNER_ONLY);
    if (!OwnUid.owns(path, links)) {
      throw new JvaultException(
          ExitCode.VAULT,
          "%s belongs to %s and not to you; set JVAULT_HOME to a folder of your own."
              .formatted(path, Files.getOwner(path, links).getName()));
    }
    if (!wider.isEmpty()) {
      throw new JvaultException(
          ExitCode.VAULT,
          "%s is open to other users; run: chmod %s '%s'".formatted(path, mode, path));
    }
  }

  private static JvaultException wrongKind(Path path, String expected) {
    return new JvaultException(
        ExitCode.VAULT, "%s is not a %s; move it away.".formatted(path, expected));
  }
}
