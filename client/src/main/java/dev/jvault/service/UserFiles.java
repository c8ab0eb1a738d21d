package dev.jvault.service;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes text files of the user as a whole. Text is read as ISO 8859-1 where bytes that
 * are not ours must stay the same, so every content is one character for each byte.
 */
final class UserFiles {
  private UserFiles() {}

  /** The content, one character for each byte; empty if there is no such file. */
  static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException | NotDirectoryException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw fault("read", file, e);
    }
  }

  /** The bytes of a text as {@link #read} returns them. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The text of a content that {@link #read} returned. */
  static String text(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * Replaces the file's content, or makes the file and its folders. A link stays one, and the
   * permissions of a file stay the same.
   *
   * @param content as {@link #read} returns it
   * @return restores what was there, folders included
   * @throws JvaultException with {@link ExitCode#FAULT} if the system refuses
   */
  static Runnable write(Path file, String content) {
    Optional<String> before = read(file);
    Path target = target(file);
    List<Path> made = new ArrayList<>();
    try {
      makeFolders(target.resolveSibling(""), made);
      replace(target, content);
    } catch (IOException e) {
      made.reversed().forEach(UserFiles::deleteFolder);
      throw fault("written", file, e);
    }
    return () -> {
      if (before.isPresent()) {
        var _ = write(file, before.get());
      } else {
        var _ = delete(file);
        made.reversed().forEach(UserFiles::deleteFolder);
      }
    };
  }

  /** Deletes the file if it is there; returns what restores it. */
  static Runnable delete(Path file) {
    Optional<String> before = read(file);
    try {
      boolean _ = Files.deleteIfExists(file);
    } catch (IOException e) {
      throw fault("deleted", file, e);
    }
    return () -> before.ifPresent(content -> write(file, content));
  }

  /** Deletes a folder if it is empty; returns what makes it again. */
  static Runnable deleteEmpty(Path folder) {
    boolean deleted = deleteFolder(folder);
    return () -> {
      if (deleted) {
        boolean _ = folder.toFile().mkdir();
      }
    };
  }

  private static boolean deleteFolder(Path folder) {
    try {
      return Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException _) {
      // Another program has put something there.
      return false;
    } catch (IOException e) {
      throw fault("deleted", folder, e);
    }
  }

  private static void makeFolders(Path folder, List<Path> made) throws IOException {
    if (!Files.exists(folder)) {
      Path parent = folder.getParent();
      if (parent != null) {
        makeFolders(parent, made);
      }
      Files.createDirectory(folder);
      made.add(folder);
    }
  }

  private static void replace(Path target, String content) throws IOException {
    Set<PosixFilePermission> permissions =
        Files.exists(target)
            ? Files.getPosixFilePermissions(target)
            : PosixFilePermissions.fromString("rw-r--r--");
    Path fresh = target.resolveSibling("." + target.getFileName() + ".jvault-new");
    try {
      Files.writeString(fresh, content, StandardCharsets.ISO_8859_1);
      Files.setPosixFilePermissions(fresh, permissions);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      boolean _ = Files.deleteIfExists(fresh);
    }
  }

  private static Path target(Path file) {
    try {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw fault("written", file, e);
    }
  }

  private static JvaultException fault(String verb, Path file, IOException e) {
    return new JvaultException(
        ExitCode.FAULT,
        file + " cannot be " + verb + " (" + FileFault.reason(e) + "); mend that, then try again.",
        e);
  }
}
