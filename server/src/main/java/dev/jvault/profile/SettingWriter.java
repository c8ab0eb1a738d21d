package dev.jvault.profile;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.RegularFile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Writes changed settings into one config file: wholly or not at all. */
final class SettingWriter {
  /** A program may write the file at the same time. */
  private static final int MOST_TRIES = 5;

  private SettingWriter() {}

  /**
   * Makes changes. Content and mode stay otherwise; a symbolic link is followed.
   *
   * @return those that cannot be made
   */
  static List<ConfigChanges.Change> make(
      List<ConfigChanges.Change> changes, Path path, FileKind kind, ForeignFiles files) {
    try {
      return files.look(path, file -> make(changes, AtomicFile.linkTarget(file), kind));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE, "%s cannot be written (%s).".formatted(path, FileContent.reason(e)), e);
    }
  }

  private static List<ConfigChanges.Change> make(
      List<ConfigChanges.Change> changes, Path file, FileKind kind) throws IOException {
    for (int tries = 1; ; tries++) {
      byte[] before = content(file);
      var edit = new SettingEdit(before, kind);
      List<ConfigChanges.Change> left = new ArrayList<>();
      for (ConfigChanges.Change change : changes) {
        if (!edit.make(change)) {
          left.add(change);
        }
      }
      if (Arrays.equals(edit.content(), before)) {
        return left;
      }
      if (Arrays.equals(content(file), before)) {
        write(file, edit.content());
        return left;
      }
      if (tries == MOST_TRIES) {
        throw new IOException("another program keeps writing it");
      }
    }
  }

  private static byte[] content(Path file) throws IOException {
    try {
      return RegularFile.content(file, FileContent.LARGEST);
    } catch (NoSuchFileException _) {
      return new byte[0];
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Set<PosixFilePermission> mode =
        Files.exists(file) ? Files.getPosixFilePermissions(file) : AtomicFile.OWNER_ONLY;
    AtomicFile.write(file, content, mode, Durability.POWER_FAILURE);
  }
}
