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

/** What tells one state of a file from another without reading it; links are followed. */
record FileStamp(
    Object device,
    Object inode,
    long size,
    FileTime modified,
    FileTime changed,
    boolean regular,
    boolean directory) {
  /** Coarser than the ticks in which kernels count the times of files. */
  static final Duration TICK = Duration.ofMillis(100);

  /** The stamp of a file as it is now; nothing if there is no such file. */
  static Optional<FileStamp> of(Path path) throws IOException {
    try {
      Map<String, Object> now =
          Files.readAttributes(
              path, "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile,isDirectory");
      return Optional.of(
          new FileStamp(
              Objects.requireNonNull(now.get("dev")),
              Objects.requireNonNull(now.get("ino")),
              (Long) Objects.requireNonNull(now.get("size")),
              (FileTime) Objects.requireNonNull(now.get("lastModifiedTime")),
              (FileTime) Objects.requireNonNull(now.get("ctime")),
              (Boolean) Objects.requireNonNull(now.get("isRegularFile")),
              (Boolean) Objects.requireNonNull(now.get("isDirectory"))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** When it was changed last; a copied file may bring an old time of its content along. */
  Instant newest() {
    return changed.compareTo(modified) > 0 ? changed.toInstant() : modified.toInstant();
  }

  /**
   * Whether something was done to the file after the last byte was written, as when it is put in
   * another's place by its name: so it is written to its end.
   */
  boolean finished() {
    return changed.compareTo(modified) > 0;
  }

  /** Whether the file is old enough that a further change would show in its times. */
  boolean settled(Instant now) {
    return changed.toInstant().isBefore(now.minus(TICK))
        && modified.toInstant().isBefore(now.minus(TICK));
  }
}
