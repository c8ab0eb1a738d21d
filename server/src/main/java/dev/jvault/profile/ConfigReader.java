package dev.jvault.profile;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads config files, and reads them anew when they have changed. For any number of threads. */
final class ConfigReader {
  private static final int LARGEST = 1 << 20;
  private static final int MOST_FILES = 64;
  private static final int MOST_TRIES = 3;
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private final SectionParser parser;
  private final InstantSource clock;
  private final Map<Source, Read> known = new ConcurrentHashMap<>();
  private final Map<Path, ConfigFile> absent = new ConcurrentHashMap<>();

  ConfigReader(SectionParser parser, InstantSource clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /** The file as it is now; without sections where there is none. */
  ConfigFile read(Path path, FileKind kind) {
    try {
      return current(new Source(path, kind));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The text of a file; nothing where there is none. Bytes that are no UTF-8 become U+FFFD. */
  static Optional<String> text(Path path) {
    try {
      return content(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private ConfigFile current(Source source) throws IOException {
    Optional<FileStamp> before = FileStamp.of(source.path());
    if (before.isEmpty()) {
      return absent.computeIfAbsent(source.path(), ConfigFile::empty);
    }
    Read last = known.get(source);
    if (last != null && before.filter(last.stamp()::equals).isPresent()) {
      return last.file();
    }
    for (int tries = 1; ; tries++) {
      ConfigFile file =
          content(source.path())
              .map(text -> ConfigFile.parse(source.path(), text, source.kind(), parser))
              .orElseGet(() -> ConfigFile.empty(source.path()));
      Optional<FileStamp> after = FileStamp.of(source.path());
      if (after.equals(before)) {
        after.filter(stamp -> stamp.settled(clock.instant())).ifPresent(s -> keep(source, s, file));
        return file;
      }
      if (tries == MOST_TRIES) {
        return file;
      }
      before = after;
    }
  }

  private void keep(Source source, FileStamp stamp, ConfigFile file) {
    if (known.size() >= MOST_FILES) {
      known.clear();
      absent.clear();
    }
    known.put(source, new Read(stamp, file));
  }

  private static Optional<String> content(Path path) throws IOException {
    Optional<FileStamp> stamp = FileStamp.of(path);
    if (stamp.isEmpty() || path.equals(NULL_DEVICE)) {
      return Optional.empty();
    }
    if (!stamp.get().regular()) {
      String what = Files.isDirectory(path) ? "a directory" : "not a regular file";
      throw new JvaultException(
          ExitCode.PROFILE, "%s is %s; name a config file.".formatted(path, what));
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new JvaultException(
            ExitCode.PROFILE,
            "%s is larger than 1 MiB, too large for a config file.".formatted(path));
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static JvaultException unreadable(Path path, IOException e) {
    String reason = e instanceof AccessDeniedException ? "permission denied" : reason(e);
    return new JvaultException(
        ExitCode.PROFILE,
        "%s cannot be read (%s); make it readable or name another file.".formatted(path, reason),
        e);
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.getClass().getSimpleName();
  }

  private record Source(Path path, FileKind kind) {}

  private record Read(FileStamp stamp, ConfigFile file) {}
}
