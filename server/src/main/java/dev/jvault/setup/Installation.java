package dev.jvault.setup;

import java.nio.file.Path;

/**
 * The installed program, by paths that stay the same when a newer version is installed.
 *
 * @param prefix the folder that {@code bin} and {@code share} are in, such as {@code /usr}
 */
public record Installation(Path prefix) {
  private static final int LEVELS_BELOW_PREFIX = 3;

  /**
   * The installation that a version belongs to.
   *
   * @param version its folder: {@code PREFIX/lib/jvault/VERSION}, or the prefix itself
   */
  public static Installation of(Path version) {
    Path folder = version.toAbsolutePath().normalize();
    Path products = folder.getParent();
    boolean versioned =
        folder.getNameCount() > LEVELS_BELOW_PREFIX
            && products != null
            && products.endsWith(Path.of("lib", "jvault"));
    Path prefix = versioned ? folder.resolve("../../..").normalize() : folder;
    return new Installation(linked(prefix));
  }

  /** Homebrew keeps each version in a folder of its own and links it into its prefix. */
  private static Path linked(Path prefix) {
    for (Path folder = prefix; folder != null; folder = folder.getParent()) {
      if (folder.endsWith("Cellar") && folder.getParent() != null) {
        return folder.getParent();
      }
    }
    return prefix;
  }

  /** The path of the command. */
  public String command() {
    return prefix.resolve("bin/jvault").toString();
  }

  /** A file below {@code share}. */
  Path share(String name) {
    return prefix.resolve("share").resolve(name);
  }

  /** Whether shells look for completions of all programs below this prefix. */
  boolean ofTheSystem() {
    return prefix.equals(Path.of("/usr")) || prefix.equals(Path.of("/usr/local"));
  }
}
