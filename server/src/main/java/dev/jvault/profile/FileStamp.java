package dev.jvault.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Distinguishes states of a file without reading it; links are followed. */
record FileStamp(Object device, Object inode, long size, FileTime modified, FileTime changed) {
  /** Longer than the resolution of file times in any kernel. */
  static final Duration TICK = Duration.ofMillis(100);

  /**
   * The stamp of the file now; empty if there is no such file. Blocks as long as the system does.
   */
  static Optional<FileStamp> of(Path path) throws IOException {
    try {
      Map<String, Object> now =
          Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,ctime");
      return Optional.of(
          new FileStamp(
              Objects.requireNonNull(now.get("dev")),
              Objects.requireNonNull(now.get("ino")),
              (Long) Objects.requireNonNull(now.get("size")),
              (FileTime) Objects.requireNonNull(now.get("lastModifiedTime")),
              (FileTime) Objects.requireNonNull(now.get("ctime"))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Whether both are states of one file, not of a file and the one that replaced it. */
  boolean sameFile(FileStamp other) {
    return device.equals(other.device) && inode.equals(other.inode);
  }

  /** The time of the last change; a copied file may keep the old time of its content. */
  Instant newest() {
    return changed.compareTo(modified) > 0 ? changed.toInstant() : modified.toInstant();
  }

  /**
   * Whether the file was changed after its last byte was written, for example renamed into place:
   * it is complete then.
   */
  boolean finished() {
    return changed.compareTo(modified) > 0;
  }

  /** Whether the last change is long enough ago that another one would show in the times. */
  boolean settled(Instant now) {
    return changed.toInstant().isBefore(now.minus(TICK))
        && modified.toInstant().isBefore(now.minus(TICK));
  }
}
