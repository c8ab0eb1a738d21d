package dev.jvault.folder;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.OwnUid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that names the profile of its folder and of the folders below.
 *
 * @param path its absolute path, without links in its folder
 * @param profile the profile that it names
 * @param hash the SHA-256 of its content, in hexadecimal digits
 */
public record ProfileFile(Path path, String profile, String hash) {
  /** The names of such files; the first one that a folder has counts. */
  public static final List<String> NAMES = List.of(".jvault", ".awsprofile");

  private static final int LONGEST = 4096;

  /**
   * The file that counts in a folder: that of the folder itself, else of the nearest folder above
   * it. In the user's home it looks no higher than the home.
   */
  public static Optional<Path> nearest(Path folder, Path home) {
    Path top = real(home);
    for (Path here = real(folder); here != null; here = here.getParent()) {
      Optional<Path> file = in(here);
      if (file.isPresent() || here.equals(top)) {
        return file;
      }
    }
    return Optional.empty();
  }

  /** The file that counts for a path: the file itself, or the one of a folder. */
  public static Optional<Path> at(Path path) {
    Path absolute = path.toAbsolutePath();
    Path name = absolute.getFileName();
    if (Files.isDirectory(absolute) || name == null) {
      return in(real(absolute));
    }
    return Optional.of(real(absolute.resolveSibling("")).resolve(name))
        .filter(Files::isRegularFile);
  }

  /**
   * Reads a file.
   *
   * @param uid the user of this process
   * @throws JvaultException with {@link ExitCode#PROFILE} if the file belongs to another user, or
   *     does not name exactly one profile
   */
  public static ProfileFile read(Path path, long uid) {
    try {
      if (OwnUid.of(path) != uid || OwnUid.of(path, LinkOption.NOFOLLOW_LINKS) != uid) {
        throw new JvaultException(
            ExitCode.PROFILE,
            path
                + " belongs to another user, so jvault takes no profile from it; name the profile.");
      }
      byte[] content = content(path);
      return new ProfileFile(path, ProfileFileText.profile(path, content), Sha256.hex(content));
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE,
          path + " cannot be read (" + FileFault.reason(e) + "); mend it, or name the profile.",
          e);
    }
  }

  private static byte[] content(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(LONGEST + 1);
      if (content.length > LONGEST) {
        throw ProfileFileText.wrong(path, "is too long for a file that names a profile");
      }
      return content;
    }
  }

  private static Optional<Path> in(Path folder) {
    return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException _) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
