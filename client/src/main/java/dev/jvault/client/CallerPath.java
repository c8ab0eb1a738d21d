package dev.jvault.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A path in one of the caller's variables, in a form that means the same to the daemon. */
final class CallerPath {
  /** Names of open files of this process; in the daemon they would be files of the daemon. */
  private static final Pattern DESCRIPTOR =
      Pattern.compile("/dev/(fd/.*|stdin)|/proc/(self|thread-self)/.*");

  private CallerPath() {}

  /**
   * The absolute path; the real one of an open file. A path from {@code ~/} stays as it is, and so
   * does what is no path or a pipe: the daemon refuses it, if the profile needs it.
   */
  static String of(String value) {
    if (value.isEmpty() || value.startsWith("~")) {
      return value;
    }
    try {
      Path path = Path.of(value).toAbsolutePath();
      boolean open = DESCRIPTOR.matcher(path.normalize().toString()).matches();
      return open && Files.isRegularFile(path) ? path.toRealPath().toString() : path.toString();
    } catch (InvalidPathException | IOException _) {
      return value;
    }
  }
}
