package dev.jvault.vault;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The vault's folder: owner-only, its files replaced whole or not at all. A folder or file that
 * others can reach, or that belongs to someone else, is refused.
 */
final class VaultFolder {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<PosixFilePermission> OWNER_ONLY = FOLDER_MODE.value();
  private static final long LARGEST_FILE = 16L << 20;

  private final Path directory;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean frozen;

  VaultFolder(Path directory) {
    this.directory = directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Creates the folder where there is none, and refuses one that is not for its owner alone. */
  void prepare() {
    try {
      Files.createDirectories(directory, FOLDER_MODE);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.VAULT,
          "The vault's folder %s cannot be created: %s.".formatted(directory, why(e)),
          e);
    }
    check();
  }

  /** Refuses a folder that is not for its owner alone. */
  void check() {
    try {
      refuseOthers(directory, "700", false);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** The content of a file; empty where there is none. */
  Optional<byte[]> read(String name) {
    Path file = file(name);
    try {
      refuseOthers(file, "600", true);
      if (Files.size(file) > LARGEST_FILE) {
        throw new JvaultException(
            ExitCode.VAULT,
            "%s is larger than jvault ever writes it; put the right file back.".formatted(file));
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Replaces a file; when this returns, the new content survives a power failure. */
  void write(String name, byte[] content) {
    replace(name, content, Durability.POWER_FAILURE);
  }

  /** Replaces a file that may be lost at a power failure, though not when a process dies. */
  void writeDisposable(String name, byte[] content) {
    replace(name, content, Durability.PROCESS_END);
  }

  /** Removes a file, if it is there. */
  void delete(String name) {
    writing.lock();
    try {
      refuseFrozen();
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw unwritable(file(name), e);
    } finally {
      writing.unlock();
    }
  }

  /** Writes nothing any more; when this returns, no write is under way. */
  void freeze() {
    writing.lock();
    try {
      frozen = true;
    } finally {
      writing.unlock();
    }
  }

  /** Removes what a process that was killed while it wrote has left. */
  void sweep() {
    try {
      AtomicFile.removeLeftovers(directory);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Opens the file whose lock tells that the vault is in use. */
  FileChannel openLock(String name) throws IOException {
    return FileChannel.open(
        file(name),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        FILE_MODE);
  }

  private void replace(String name, byte[] content, Durability durability) {
    writing.lock();
    try {
      refuseFrozen();
      replaceNow(name, content, durability);
    } finally {
      writing.unlock();
    }
  }

  private void refuseFrozen() {
    if (frozen) {
      throw Vault.released();
    }
  }

  private void replaceNow(String name, byte[] content, Durability durability) {
    check();
    Path target = file(name);
    try {
      AtomicFile.write(target, content, AtomicFile.OWNER_ONLY, durability);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static void refuseOthers(Path path, String mode, boolean isFile) throws IOException {
    LinkOption[] links = isFile ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
    if (isFile
        ? !Files.isRegularFile(path, links) && Files.exists(path, links)
        : Files.exists(path) && !Files.isDirectory(path)) {
      throw new JvaultException(
          ExitCode.VAULT,
          "%s is not a %s; move it away.".formatted(path, isFile ? "regular file" : "folder"));
    }
    Set<PosixFilePermission> wider = EnumSet.noneOf(PosixFilePermission.class);
    wider.addAll(Files.getPosixFilePermissions(path, links));
    wider.removeAll(OWNER_ONLY);
    if (!FileOwner.isThisUser(path, links)) {
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

  private static JvaultException unreadable(Path path, IOException e) {
    return new JvaultException(ExitCode.VAULT, "%s cannot be read: %s.".formatted(path, why(e)), e);
  }

  private static JvaultException unwritable(Path path, IOException e) {
    return new JvaultException(
        ExitCode.VAULT,
        "%s cannot be written (%s); nothing was changed.".formatted(path, why(e)),
        e);
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
