package dev.jvault.launch;

import dev.jvault.files.ForeignFiles;
import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.SeenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An empty file with the time that a folder of config files had while these were last seen
 * unchanged. It shows the launcher that a file was replaced by another one of the same time and
 * size, because that changes the time of the folder. If the two times differ, perhaps because of
 * another file in the folder, the launcher asks the daemon.
 *
 * @param folder of a config file, or of the file that its link leads to
 * @param mark the empty file
 */
record FolderMark(Path folder, Path mark) {
  /** Longer than the resolution of file times in any kernel. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final FileTime NEVER = FileTime.from(Instant.EPOCH);

  /** The folders of the files that existed, without repetition. */
  static Set<Path> folders(List<SeenFile> files, ForeignFiles foreign) {
    var folders = new LinkedHashSet<Path>();
    files.stream()
        .filter(SeenFile::existed)
        .map(SeenFile::path)
        .flatMap(path -> Stream.of(path, real(path, foreign)))
        .forEach(path -> folders.add(path.resolveSibling(".").normalize()));
    return folders;
  }

  /** The file that a path leads to. */
  static Path real(Path path, ForeignFiles foreign) {
    try {
      return foreign.look(path, Path::toRealPath);
    } catch (IOException _) {
      // It was just deleted, or hangs; the launcher notices that too.
      return path;
    }
  }

  /** The time of the folder now; read it before the config files are looked at. */
  FileTime now(ForeignFiles foreign) {
    try {
      return foreign.look(folder, Files::getLastModifiedTime);
    } catch (IOException _) {
      return NEVER;
    }
  }

  /** Creates the mark without a time that a folder could have. */
  void create() {
    OwnerFiles.write(mark, "");
    set(NEVER);
  }

  /**
   * Gives the mark the time of its folder, unless the folder has just changed: another change in
   * the same tick of the clock would not show.
   */
  void renew(FileTime time, InstantSource clock) {
    if (time.toInstant().isBefore(clock.instant().minus(TICK))) {
      set(time);
    }
  }

  private void set(FileTime time) {
    try {
      Files.setLastModifiedTime(mark, time);
    } catch (IOException _) {
      // Without the mark, the launcher asks the daemon.
    }
  }
}
