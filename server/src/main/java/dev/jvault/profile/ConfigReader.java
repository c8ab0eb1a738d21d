package dev.jvault.profile;

import dev.jvault.files.ForeignFiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads config files, and again when they have changed. While a file cannot be used, its last good
 * state holds. The same is true of a file that is gone, empty or cut off, but for 2 s only: by then
 * an editor, or a program that writes in place, is done. For any number of threads.
 */
public final class ConfigReader {
  /**
   * A profile that has keys in plain text.
   *
   * @param where the first of them, {@code file:line}
   * @param ofAws whether the key's ID is one of AWS's, and not that of a stand-in
   */
  public record KeyLocation(String profile, String where, boolean ofAws) {}

  /**
   * What is wrong with a config file, or with one line of it.
   *
   * @param sentence names the file and, if it is about a line, the line
   * @param since when it was noticed, if jvault uses an older state of the file
   */
  public record Fault(Path file, String sentence, Optional<Instant> since) {}

  /**
   * A config file of which jvault uses an older state.
   *
   * @param what is wrong with the file as it is now, as a clause
   * @param since when that was noticed
   * @param settles whether time alone ends it: the file counts as it is if it stays so
   */
  public record StaleFile(Path file, String what, Instant since, boolean settles) {
    /** For the user. */
    public String sentence() {
      return "%s %s; jvault still uses its previous content.".formatted(file, what);
    }
  }

  /** How long a file may look half-written. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int MOST_FILES = 64;

  private final SectionParser parser;
  private final InstantSource clock;
  private final ForeignFiles files;
  private final Map<Source, FileReading> known = new ConcurrentHashMap<>();
  private volatile Runnable edited = () -> {};

  /** Creates a reader that has read nothing yet. */
  public ConfigReader(SectionParser parser) {
    this(parser, InstantSource.system());
  }

  ConfigReader(SectionParser parser, InstantSource clock) {
    this(parser, clock, new ForeignFiles());
  }

  ConfigReader(SectionParser parser, InstantSource clock, ForeignFiles files) {
    this.parser = parser;
    this.clock = clock;
    this.files = files;
  }

  InstantSource clock() {
    return clock;
  }

  /**
   * The caller's files in the state in which they are read now; empty if jvault uses an older state
   * of one of them.
   */
  public Optional<List<SeenFile>> snapshot(CallerEnvironment environment) {
    List<FileReading> readings = readings(environment);
    return readings.stream().anyMatch(reading -> reading.trouble().isPresent())
        ? Optional.empty()
        : Optional.of(
            readings.stream()
                .map(reading -> new SeenFile(reading.file().path(), reading.now(), files))
                .toList());
  }

  /** Why jvault uses an older state of the caller's files. */
  public List<StaleFile> staleFiles(CallerEnvironment environment) {
    return readings(environment).stream().flatMap(reading -> reading.trouble().stream()).toList();
  }

  /** What is wrong with the caller's files and with all others that were read recently. */
  public List<Fault> faults(CallerEnvironment environment) {
    return new ConfigFaults(this).of(ConfigFiles.of(environment));
  }

  /** The profiles that have keys in plain text, and where. */
  public List<KeyLocation> plaintextKeys(CallerEnvironment environment) {
    return new PlaintextKeys(read(environment)).all();
  }

  /** When to look again at a file that seems to be half-written; empty if there is none. */
  public Optional<Instant> nextLook() {
    return known.values().stream()
        .filter(reading -> reading.trouble().isPresent())
        .map(reading -> reading.since().plus(PATIENCE))
        .min(Comparator.naturalOrder());
  }

  /** The caller's files without the credential keys of {@code [default]}. */
  public FilteredConfig filtered(CallerEnvironment environment) {
    return FilteredConfig.of(readings(environment));
  }

  /**
   * The same, with a line for each of these profiles in place of its sources.
   *
   * @param commands the {@code credential_process} line of each profile
   */
  public FilteredConfig filtered(CallerEnvironment environment, Map<String, String> commands) {
    return FilteredConfig.of(readings(environment), commands);
  }

  /** A value that is equal for as long as neither of the caller's files changes. */
  public Object state(CallerEnvironment environment) {
    return readings(environment).stream().map(FileReading::text).toList();
  }

  SectionParser parser() {
    return parser;
  }

  /** Looks at config files. */
  ForeignFiles files() {
    return files;
  }

  /** The profiles of both files of a caller. */
  ProfileSet read(CallerEnvironment environment) {
    List<FileReading> readings = readings(environment);
    return new ProfileSet(readings.getFirst().file(), readings.getLast().file());
  }

  /** The readings of the config file and of the credentials file, in this order. */
  List<FileReading> readings(CallerEnvironment environment) {
    ConfigFiles files = ConfigFiles.of(environment);
    return List.of(
        reading(files.config(), FileKind.CONFIG),
        reading(files.credentials(), FileKind.CREDENTIALS));
  }

  /** The file now, or its last good state; without sections if there is no file. */
  ConfigFile read(Path path, FileKind kind) {
    return reading(path, kind).file();
  }

  /** The same with its text and with what is wrong. */
  FileReading reading(Path path, FileKind kind) {
    var source = new Source(path, kind);
    FileReading last = known.get(source);
    if (last != null && last.covers(stamp(path, last.local()))) {
      return last;
    }
    if (last == null && known.size() >= MOST_FILES) {
      known.clear();
    }
    FileReading next = next(source, last);
    known.put(source, next);
    return next;
  }

  /** Sets what is called, on the same thread, after jvault itself has changed a file. */
  public void whenEdited(Runnable listener) {
    edited = listener;
  }

  /** Forgets files that jvault has changed itself, so that their new state counts at once. */
  void forget(Path... paths) {
    List<Path> changed = List.of(paths);
    known.keySet().removeIf(source -> changed.contains(source.path()));
    edited.run();
  }

  /** The latest reading of each file. */
  Collection<FileReading> readings() {
    return List.copyOf(known.values());
  }

  private FileReading next(Source source, @Nullable FileReading last) {
    return switch (FileContent.of(source.path(), files)) {
      case FileContent.Unusable unusable -> {
        if (last == null || !last.hasProfiles()) {
          throw new JvaultException(ExitCode.PROFILE, unusable.sentence());
        }
        yield kept(last, stamp(source.path(), false), unusable.what(), false, false);
      }
      case FileContent.Text(String text, Optional<FileStamp> stamp, boolean local) -> {
        Optional<String> doubt = last == null ? Optional.empty() : doubt(last, text, stamp);
        yield last != null && doubt.isPresent() && !meant(last, source.path(), stamp)
            ? kept(last, stamp, doubt.get(), true, local)
            : taken(source, text, stamp, local, last);
      }
    };
  }

  /** Why a text looks half-written; empty if it does not. */
  private static Optional<String> doubt(FileReading last, String text, Optional<FileStamp> stamp) {
    if (!last.hasProfiles() || text.equals(last.text())) {
      return Optional.empty();
    }
    if (stamp.isEmpty()) {
      return Optional.of("is gone");
    }
    if (stamp.get().finished()) {
      return Optional.empty();
    }
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    // A program that writes in place keeps the file; one that replaces it has written all of it.
    if (last.now().isPresent() && !last.now().get().sameFile(stamp.get())) {
      return Optional.empty();
    }
    return TruncationDetector.between(last.text(), text)
        ? Optional.of("looks cut off, as if it were still being written")
        : Optional.empty();
  }

  /**
   * Whether the file has been in this state for long enough, by its times or since the state was
   * first seen.
   */
  private boolean meant(FileReading last, Path path, Optional<FileStamp> stamp) {
    Instant now = clock.instant();
    Instant latest = now.minus(PATIENCE);
    boolean seenBefore = last.now().equals(stamp) && last.trouble().isPresent();
    return (seenBefore && !last.since().isAfter(latest))
        || changed(path, stamp).map(time -> !time.isAfter(latest)).orElse(false);
  }

  /** When the file was last changed, or removed from its folder. */
  private Optional<Instant> changed(Path path, Optional<FileStamp> stamp) {
    if (stamp.isPresent()) {
      return stamp.map(FileStamp::newest);
    }
    try {
      // The file that the link led to was removed from another folder.
      return files.look(
          path,
          file ->
              Files.isSymbolicLink(file)
                  ? Optional.empty()
                  : Optional.of(Files.getLastModifiedTime(file.resolveSibling(".")).toInstant()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private FileReading kept(
      FileReading last, Optional<FileStamp> stamp, String what, boolean settles, boolean local) {
    Instant since = last.trouble().map(StaleFile::since).orElse(clock.instant());
    return new FileReading(
        last.text(),
        last.file(),
        stamp,
        seen(last, stamp),
        false,
        local,
        Optional.of(new StaleFile(last.file().path(), what, since, settles)));
  }

  /** The same text gives the same ConfigFile object, because callers compare by identity. */
  private FileReading taken(
      Source source,
      String text,
      Optional<FileStamp> stamp,
      boolean local,
      @Nullable FileReading last) {
    Instant now = clock.instant();
    ConfigFile file =
        last != null && last.text().equals(text)
            ? last.file()
            : ConfigFile.parse(source.path(), text, source.kind(), parser);
    Instant since = last == null ? now : seen(last, stamp);
    return new FileReading(
        text, file, stamp, since, settled(stamp, since, now), local, Optional.empty());
  }

  /**
   * By the file's times and by this machine's clock, because the clock of a network drive may
   * differ.
   */
  private static boolean settled(Optional<FileStamp> stamp, Instant since, Instant now) {
    return stamp
        .map(one -> one.settled(now) && since.isBefore(now.minus(FileStamp.TICK)))
        .orElse(true);
  }

  /** When the stamp was first seen; from now on if the clock has stepped back. */
  private Instant seen(FileReading last, Optional<FileStamp> stamp) {
    Instant now = clock.instant();
    return last.now().equals(stamp) && !last.since().isAfter(now) ? last.since() : now;
  }

  /** The stamp of a file; also empty if the file is not accessible. */
  private Optional<FileStamp> stamp(Path path, boolean local) {
    try {
      return local ? FileStamp.of(path) : files.look(path, FileStamp::of);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private record Source(Path path, FileKind kind) {}
}
