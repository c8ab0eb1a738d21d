package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Checks the control socket's folder before anything in it is trusted. */
final class RuntimeFolder {
  private static final String ELSEWHERE = "; set JVAULT_HOME to a folder of your own.";

  private static final String ATTRIBUTES = "unix:uid,mode,isDirectory";

  private RuntimeFolder() {}

  /** Refuses a folder that another user may have made. */
  static void check(Invocation invocation) {
    Path folder = invocation.files().run();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Map<String, Object> attributes = attributes(folder);
    if (((Number) attributes.getOrDefault("uid", -1)).longValue() != invocation.uid()) {
      throw fault("The folder " + folder + " belongs to another user" + ELSEWHERE);
    }
    if (!Boolean.TRUE.equals(attributes.get("isDirectory"))) {
      throw fault(folder + " is not a folder; remove it, then try again.");
    }
    int mode = ((Number) attributes.getOrDefault("mode", 0)).intValue();
    if ((mode & 0077) != 0) {
      throw fault(
          "The folder " + folder + " is open to others; run `chmod 700` on it, then try again.");
    }
  }

  /** Whether a folder exists, belongs to a user and is for that user only. */
  static boolean isOwn(Path folder, long uid) {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(folder, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      // There is none, or another user has just removed theirs.
      return false;
    }
    return Boolean.TRUE.equals(attributes.get("isDirectory"))
        && ((Number) attributes.getOrDefault("uid", -1)).longValue() == uid
        && (((Number) attributes.getOrDefault("mode", 0)).intValue() & 0077) == 0;
  }

  private static Map<String, Object> attributes(Path folder) {
    try {
      return Files.readAttributes(folder, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.DAEMON, "The folder " + folder + " cannot be read" + ELSEWHERE, e);
    }
  }

  private static JvaultException fault(String sentence) {
    return new JvaultException(ExitCode.DAEMON, sentence);
  }
}
