package dev.jvault.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The user that this process runs as, compared with the owner of a file. */
final class FileOwner {
  private static final Path SELF = Path.of("/proc/self");
  private static final String UID = "unix:uid";

  private FileOwner() {}

  /** By number where the kernel tells this process's own (Linux), else by name (macOS). */
  static boolean isThisUser(Path path, LinkOption... links) throws IOException {
    if (Files.exists(SELF)) {
      return Files.getAttribute(path, UID, links).equals(Files.getAttribute(SELF, UID));
    }
    String owner = Files.getOwner(path, links).getName();
    return ProcessHandle.current().info().user().map(owner::equals).orElse(false);
  }
}
