package dev.jvault.profile;

import dev.jvault.files.FileUnusableException;
import dev.jvault.files.ForeignFiles;
import dev.jvault.files.LocalDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** The result of reading a config file once. */
sealed interface FileContent {
  /**
   * The file was read, or does not exist.
   *
   * @param text with U+FFFD for bytes that are not UTF-8; empty if there is no file
   * @param stamp of the file, the same before and after reading; empty if there is no file
   * @param local whether the file's next stamp can be read without a time limit
   */
  record Text(String text, Optional<FileStamp> stamp, boolean local) implements FileContent {
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
  static FileContent of(Path path, ForeignFiles files) {
    try {
      boolean local = files.look(path, LocalDisk::holds);
      Optional<FileStamp> before = files.look(path, FileStamp::of);
      for (int tries = 1; ; tries++) {
        if (before.isEmpty() || path.equals(Path.of("/dev/null"))) {
          return new Text("", before, local);
        }
        String text = new String(files.read(path, LARGEST), StandardCharsets.UTF_8);
        Optional<FileStamp> after = files.look(path, FileStamp::of);
        if (after.equals(before) || tries == MOST_TRIES) {
          return new Text(text, before, local);
        }
        before = after;
      }
    } catch (FileUnusableException e) {
      return unusable(path, e.fault());
    } catch (IOException e) {
      String reason = e instanceof AccessDeniedException ? "permission denied" : reason(e);
      String what = "cannot be read (" + reason + ")";
      return new Unusable(
          what, "%s %s; make it readable or name another file.".formatted(path, what));
    }
  }

  private static Unusable unusable(Path path, FileUnusableException.Fault fault) {
    return switch (fault) {
      case DIRECTORY, NOT_REGULAR ->
          new Unusable(
              fault.clause(), "%s %s; name a config file.".formatted(path, fault.clause()));
      case TOO_LARGE ->
          new Unusable(
              "is larger than 4 MiB",
              "%s is larger than 4 MiB, too large for a config file.".formatted(path));
      case NO_ANSWER ->
          new Unusable(
              fault.clause(), "%s %s, or name another file.".formatted(path, fault.clause()));
    };
  }

  /** What went wrong, in a few words. */
  static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.getClass().getSimpleName();
  }
}
