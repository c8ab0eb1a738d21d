package dev.jvault.profile;

import dev.jvault.files.ForeignFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** A config file in the state in which it was read. */
public final class SeenFile {
  private final Path path;
  private final Optional<FileStamp> stamp;
  private final ForeignFiles files;

  /**
   * A file in a state.
   *
   * @param files look at it again
   */
  SeenFile(Path path, Optional<FileStamp> stamp, ForeignFiles files) {
    this.path = path;
    this.stamp = stamp;
    this.files = files;
  }

  /** Its path, which may be a link. */
  public Path path() {
    return path;
  }

  /** Whether the file existed. */
  public boolean existed() {
    return stamp.isPresent();
  }

  /** When its content was last changed, by the file system's clock; empty if there was no file. */
  public Optional<FileTime> modified() {
    return stamp.map(FileStamp::modified);
  }

  /** Whether the file is still in that state; false if the system does not tell. */
  public boolean unchanged() {
    try {
      return files.look(path, FileStamp::of).equals(stamp);
    } catch (IOException _) {
      return false;
    }
  }
}
