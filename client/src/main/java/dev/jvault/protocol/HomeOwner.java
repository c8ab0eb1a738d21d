package dev.jvault.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Keeps {@code sudo} and {@code su} from making files in another user's home: they would belong to
 * root, and that user's own jvault could no longer use its folders.
 */
public final class HomeOwner {
  private HomeOwner() {}

  /**
   * Refuses files in a home that belongs to another user. Files elsewhere, such as in {@code
   * JVAULT_HOME}, are none of its concern.
   *
   * @param environment the variables of this process
   * @param files the files that are to be made
   * @param uid the user of this process
   * @throws JvaultException with {@link ExitCode#FAULT} if the files lie in such a home
   */
  public static void check(Map<String, String> environment, RuntimeFiles files, long uid) {
    Path home = Path.of(environment.getOrDefault("HOME", "/")).toAbsolutePath().normalize();
    // The daemon knows its files by their real paths.
    boolean inside = isIn(home, files) || isIn(RuntimeFiles.real(home), files.real());
    if (home.getNameCount() > 0 && inside && belongsToAnother(home, uid)) {
      throw new JvaultException(
          ExitCode.FAULT,
          "HOME is "
              + home
              + ", which belongs to another user, so jvault makes no files there; run it as that"
              + " user, run `sudo -H`, or set JVAULT_HOME to a folder of your own.");
    }
  }

  private static boolean isIn(Path home, RuntimeFiles files) {
    return files.vault().startsWith(home) || files.state().startsWith(home);
  }

  private static boolean belongsToAnother(Path home, long uid) {
    try {
      return Files.getAttribute(home, "unix:uid") instanceof Number owner
          && Integer.toUnsignedLong(owner.intValue()) != uid;
    } catch (IOException | UnsupportedOperationException _) {
      // A home that does not exist has no owner.
      return false;
    }
  }
}
