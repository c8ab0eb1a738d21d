package dev.jvault.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The result of reading a config file once. */
sealed interface FileContent {
  /**
   * The file was read, or does not exist.
   *
   * @param text with U+FFFD for bytes that are not UTF-8; empty if there is no file
   * @param stamp of the file, the same before and after reading; empty if there is no file
   */
  record Text(String text, Optional<FileStamp> stamp) implements FileContent {
    /** Says nothing of the text, which may hold plain-text keys. */
    @Override
    public String toString() {
      return "Text[***]";
    }
  }

  /**
   * The file cannot be used.
   *
   * @param what is wrong, as a clause
   * @param sentence the same with what to do
   */
  record Unusable(String what, String sentence) implements FileContent {}

  /** The largest size in bytes, for about 15,000 profiles; more would fill the daemon's heap. */
  int LARGEST = 4 << 20;

  /** How often a file that changes during reading is read again; the last reading is used. */
  int MOST_TRIES = 3;

  /** Reads a file; links are followed. */
  static FileContent of(Path path) {
    try {
      Optional<FileStamp> before = FileStamp.of(path);
      for (int tries = 1; ; tries++) {
        if (before.isEmpty() || path.equals(Path.of("/dev/null"))) {
          return new Text("", before);
        }
        FileContent content = read(path, before.get());
        Optional<FileStamp> after = FileStamp.of(path);
        if (content instanceof Unusable || after.equals(before) || tries == MOST_TRIES) {
          return content;
        }
        before = after;
      }
    } catch (IOException e) {
      String reason = e instanceof AccessDeniedException ? "permission denied" : reason(e);
      String what = "cannot be read (" + reason + ")";
      return new Unusable(
          what, "%s %s; make it readable or name another file.".formatted(path, what));
    }
  }

  private static FileContent read(Path path, FileStamp stamp) throws IOException {
    if (!stamp.regular()) {
      String what = stamp.directory() ? "is a directory" : "is not a regular file";
      return new Unusable(what, "%s %s; name a config file.".formatted(path, what));
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST
          ? new Unusable(
              "is larger than 4 MiB",
              "%s is larger than 4 MiB, too large for a config file.".formatted(path))
          : new Text(new String(bytes, StandardCharsets.UTF_8), Optional.of(stamp));
    }
  }

  /** What went wrong, in a few words. */
  static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.getClass().getSimpleName();
  }
}
