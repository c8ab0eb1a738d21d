package dev.jvault.setup;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.RegularFile;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * A file of the user as it is now.
 *
 * @param file the file itself, behind all links
 * @param text its bytes, each one character; empty if there is no file
 * @param mode its permissions, or those that a new file gets
 */
record UserFile(Path file, Optional<String> text, Set<PosixFilePermission> mode) {
  private static final int LARGEST = 4 << 20;
  private static final Set<PosixFilePermission> SHARED =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.OTHERS_READ);

  /**
   * Reads a file that setup may change.
   *
   * @throws JvaultException if it belongs to another user, others may write to it, its owner may
   *     not, or it is no text
   */
  static UserFile read(Path path, ForeignFiles files) {
    try {
      return files.look(path, UserFile::readNow);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "%s cannot be read (%s); nothing was changed.".formatted(path, FileFault.reason(e)),
          e);
    }
  }

  /** The same; blocks as long as the system does, so call it from {@link ForeignFiles} only. */
  static UserFile readNow(Path path) throws IOException {
    Path file = AtomicFile.linkTarget(path).toAbsolutePath().normalize();
    try {
      String text = Bytes.text(RegularFile.content(file, LARGEST));
      var found = new UserFile(file, Optional.of(text), Files.getPosixFilePermissions(file));
      found.check();
      return found;
    } catch (NoSuchFileException _) {
      return new UserFile(file, Optional.empty(), newMode(file));
    }
  }

  /** Start files of shells are for everybody's eyes, the files of AWS for their owner's. */
  private static Set<PosixFilePermission> newMode(Path file) {
    return file.toString().contains("/.aws/") ? AtomicFile.OWNER_ONLY : SHARED;
  }

  private void check() throws IOException {
    if (!OwnUid.owns(file)) {
      throw refused("belongs to another user; make it yours, or name another file");
    }
    if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw refused("can be written by every user; run `chmod o-w " + file + "`");
    }
    if (!mode.contains(PosixFilePermission.OWNER_WRITE)) {
      throw refused("is read-only; run `chmod u+w " + file + "` if jvault may change it");
    }
    if (text.orElse("").indexOf('\0') >= 0) {
      throw refused("is no text in UTF-8; save it as UTF-8");
    }
  }

  private JvaultException refused(String why) {
    return new JvaultException(
        ExitCode.PROFILE, "%s %s; nothing was changed.".formatted(file, why));
  }
}
