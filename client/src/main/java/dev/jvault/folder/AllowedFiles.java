package dev.jvault.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Which profile files the user has allowed: in a folder for the owner only, one file for each, with
 * the hash of the allowed content and the path. A file whose content or path changes is no longer
 * allowed. Nothing is kept in memory.
 */
public final class AllowedFiles {
  private static final int LONGEST = 1 << 16;

  private final Path folder;
  private final long uid;

  /**
   * The allowed files of a user.
   *
   * @param state the folder of files that survive a logout
   * @param uid the user of this process
   */
  public AllowedFiles(Path state, long uid) {
    this.folder = state.resolve("allowed");
    this.uid = uid;
  }

  /** Whether the user has allowed this file with this content. */
  public boolean allows(ProfileFile file) {
    Path record = record(file.path());
    try {
      if (!ownOnly(folder) || !ownOnly(record)) {
        return false;
      }
      try (var in = Files.newInputStream(record, LinkOption.NOFOLLOW_LINKS)) {
        return new String(in.readNBytes(LONGEST), UTF_8).equals(text(file));
      }
    } catch (IOException _) {
      // There is no such record, or it cannot be read: then nothing is allowed by it.
      return false;
    }
  }

  /**
   * Allows a file with the content that it has now, instead of another content.
   *
   * @throws JvaultException with {@link ExitCode#FAULT} if that cannot be written down
   */
  public void allow(ProfileFile file) {
    try {
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, owner);
      }
      if (!ownOnly(folder)) {
        throw new JvaultException(
            ExitCode.FAULT,
            folder + " is open to others or belongs to another user; remove it, then try again.");
      }
      Path fresh = Files.createTempFile(folder, ".new-", "");
      try {
        Files.writeString(fresh, text(file));
        Files.move(fresh, record(file.path()), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw fault(e);
    }
  }

  /**
   * Takes the allowance of a path back, whatever the content.
   *
   * @return whether there was one
   * @throws JvaultException with {@link ExitCode#FAULT} if it cannot be removed
   */
  public boolean forget(Path path) {
    try {
      return Files.deleteIfExists(record(path));
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private JvaultException fault(IOException e) {
    return new JvaultException(
        ExitCode.FAULT,
        "The folder " + folder + " cannot be changed (" + FileFault.reason(e) + "); mend it.",
        e);
  }

  private Path record(Path path) {
    return folder.resolve(Sha256.hex(path.toString().getBytes(UTF_8)));
  }

  private static String text(ProfileFile file) {
    return file.hash() + " " + file.path() + "\n";
  }

  /** Whether a file or folder, which is no link, belongs to the user and is for nobody else. */
  private boolean ownOnly(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,mode,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
    long owner = Integer.toUnsignedLong(((Number) found.getOrDefault("uid", -1)).intValue());
    int mode = ((Number) found.getOrDefault("mode", 0777)).intValue();
    return owner == uid && (mode & 0077) == 0 && Boolean.FALSE.equals(found.get("isSymbolicLink"));
  }
}
