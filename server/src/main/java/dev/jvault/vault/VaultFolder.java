package dev.jvault.vault;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The vault's folder. It and its files are for the owner only, and each file is replaced
 * atomically. Folders and files that other users can reach, or that belong to another user, are
 * refused.
 */
final class VaultFolder {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
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

  /** Whether something has the folder's name in which files can neither be found nor missed. */
  boolean blocked() {
    return !Files.notExists(directory)
        && !(Files.isDirectory(directory) && Files.isExecutable(directory));
  }

  /** Creates the folder if it does not exist, and refuses one that is not for its owner only. */
  void prepare() {
    try {
      Files.createDirectories(directory, FOLDER_MODE);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.VAULT,
          "The vault's folder %s cannot be created: %s.".formatted(directory, FileFault.reason(e)),
          e);
    }
    check();
  }

  /** Refuses a folder that is not for its owner only. */
  void check() {
    try {
      OwnerOnlyAccess.requireFolder(directory);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** The content of a file; empty if it does not exist. */
  Optional<byte[]> read(String name) {
    Path file = file(name);
    try {
      OwnerOnlyAccess.requireFile(file);
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

  /** Replaces a file. The new content survives a power failure once this returns. */
  void write(String name, byte[] content) {
    replace(name, content, Durability.POWER_FAILURE);
  }

  /** Replaces a file. A power failure may undo that; the end of this process does not. */
  void writeDisposable(String name, byte[] content) {
    replace(name, content, Durability.PROCESS_END);
  }

  /** Removes a file if it exists. */
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

  /** Removes a file if it is a regular one. */
  void deleteFile(String name) {
    if (Files.isRegularFile(file(name), LinkOption.NOFOLLOW_LINKS)) {
      delete(name);
    }
  }

  /** Gives a file, or whatever has its name, another name; replaces an older file of that name. */
  void move(String name, String otherName) {
    writing.lock();
    try {
      refuseFrozen();
      Files.move(file(name), file(otherName), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(file(name), e);
    } finally {
      writing.unlock();
    }
  }

  /** Refuses all writes from now on. No write is in progress once this returns. */
  void freeze() {
    writing.lock();
    try {
      frozen = true;
    } finally {
      writing.unlock();
    }
  }

  /** Removes the temporary files of a process that was killed during a write. */
  void sweep() {
    try {
      AtomicFile.removeLeftovers(directory);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Opens the file whose lock says that the vault is in use. */
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

  private static JvaultException unreadable(Path path, IOException e) {
    return new JvaultException(
        ExitCode.VAULT,
        "%s cannot be read (%s); check its owner and permissions."
            .formatted(path, FileFault.reason(e)),
        e);
  }

  private static JvaultException unwritable(Path path, IOException e) {
    return new JvaultException(
        ExitCode.VAULT,
        "%s cannot be written (%s); nothing was changed.".formatted(path, FileFault.reason(e)),
        e);
  }
}
