package dev.jvault.launch;

import dev.jvault.files.ForeignFiles;
import dev.jvault.files.OwnerFiles;
import dev.jvault.grant.Grant;
import dev.jvault.grant.ProcessIdentity;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.profile.SeenFile;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.RuntimeFiles;
import dev.jvault.secret.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files with which the launcher starts commands without a JVM. Each file says what was true
 * when the daemon wrote it; the launcher uses it while that still holds, and otherwise asks the
 * daemon. A ready file is a short cut: nothing fails if one cannot be written or was deleted. Safe
 * for many threads.
 */
public final class ReadyFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyFiles.class);

  /** Names that are safe as file names. Profiles with other names have no ready file. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /** The resolution of file times in the coarsest file system. */
  private static final Duration COARSEST = Duration.ofSeconds(2);

  private static final long FOR_EVER = 9_999_999_999L;

  private final RuntimeFiles files;
  private final ProcessIdentity process;
  private final Secret proof;
  private final InstantSource clock;
  private final Map<String, Ready> written = new ConcurrentHashMap<>();
  private boolean released;

  /** Looks at the folders of callers' config files. */
  private final ForeignFiles configs = new ForeignFiles();

  /** What a profile's file depends on. */
  private record Ready(Instant until, List<SeenFile> config, List<FolderMark> folders) {}

  /** The ready files of this process; removes those of an earlier one. */
  public ReadyFiles(
      RuntimeFiles files, ProcessIdentity process, Secret proof, InstantSource clock) {
    this.files = files;
    this.process = process;
    this.proof = proof;
    this.clock = clock;
    try {
      makeFolder();
    } catch (JvaultException e) {
      LOG.warn("event=no_ready_files reason=\"{}\"", e.getMessage());
    }
    removeAll();
  }

  /**
   * Writes a profile's file, unless its name or the caller's variables do not allow one.
   *
   * @param config the states of the config files from which the plan was made
   * @param issuable until when sessions can be issued without the user
   */
  synchronized void write(
      Grant grant,
      int port,
      Path tokenFile,
      List<SeenFile> config,
      Instant issuable,
      LaunchPlan plan) {
    if (released) {
      return;
    }
    boolean fits =
        PLAIN.matcher(grant.profile()).matches()
            && grant.environment().aws().values().stream().noneMatch(v -> v.contains("\n"));
    if (!fits || !issuable.isAfter(clock.instant()) || config.stream().anyMatch(this::sameSecond)) {
      remove(grant.profile());
      return;
    }
    try {
      makeFolder();
      var ready = new Ready(issuable, List.copyOf(config), folders(grant.profile(), config));
      OwnerFiles.write(
          files.readyFiles().resolve(grant.profile()), text(grant, port, tokenFile, ready, plan));
      written.put(grant.profile(), ready);
      keepOrRemove(grant.profile(), ready);
    } catch (JvaultException | UncheckedIOException e) {
      LOG.warn("event=no_ready_file profile=\"{}\" reason=\"{}\"", grant.profile(), e.getMessage());
    }
  }

  /** Makes the folder, which may have been deleted since the start. */
  private void makeFolder() {
    OwnerFiles.folder(files.run());
    OwnerFiles.folder(files.readyFiles());
  }

  private String text(Grant grant, int port, Path tokenFile, Ready ready, LaunchPlan plan) {
    var text = new StringBuilder("jvault-ready 1\n");
    line(text, "program", ProgramVersion.CURRENT);
    line(text, "pid", Long.toString(process.pid()));
    line(
        text,
        "started",
        Long.toString(Files.isDirectory(Path.of("/proc/self")) ? process.started() : 0));
    line(text, "until", Long.toString(Math.min(epochSecond(ready.until()), FOR_EVER)));
    for (int i = 0; i < ready.config().size(); i++) {
      file(text, ready.config().get(i), mark(grant.profile(), i));
    }
    for (FolderMark marked : ready.folders()) {
      line(text, "folder", marked.folder().toString());
      line(text, "mark", marked.mark().toString());
    }
    variables(text, grant.environment());
    line(text, "port", Integer.toString(port));
    line(text, "path", grant.processPath());
    line(text, "token-file", tokenFile.toString());
    line(text, "proof", proof.reveal());
    return text.append(plan.lines()).toString();
  }

  /**
   * Whether another change of the file in this second might leave its time unchanged, because its
   * file system counts whole seconds.
   */
  private boolean sameSecond(SeenFile file) {
    return file.modified()
        .map(FileTime::toInstant)
        .filter(time -> time.equals(time.truncatedTo(ChronoUnit.SECONDS)))
        .map(time -> time.isAfter(clock.instant().minus(COARSEST)))
        .orElse(false);
  }

  /** Removes a profile's file. */
  public synchronized void remove(String profile) {
    written.remove(profile);
    if (!released && PLAIN.matcher(profile).matches()) {
      OwnerFiles.delete(files.readyFiles().resolve(profile));
    }
  }

  /** Removes the files whose config files have changed since. */
  public void removeEdited() {
    written.forEach(this::keepOrRemove);
  }

  /** Removes a file whose config files have changed, and renews the marks of the others. */
  private synchronized void keepOrRemove(String profile, Ready ready) {
    List<FolderMark> marks = ready.folders();
    List<FileTime> times = marks.stream().map(mark -> mark.now(configs)).toList();
    if (!ready.config().stream().allMatch(SeenFile::unchanged)) {
      remove(profile);
      return;
    }
    for (int i = 0; i < marks.size(); i++) {
      marks.get(i).renew(times.get(i), clock);
    }
  }

  /** Removes the files that have expired. */
  public void removeExpired() {
    Instant now = clock.instant();
    written.forEach((profile, ready) -> {
      if (!ready.until().isAfter(now)) {
        remove(profile);
      }
    });
  }

  /** Removes all. */
  public synchronized void removeAll() {
    written.clear();
    if (released) {
      return;
    }
    try (Stream<Path> ready = Files.list(files.readyFiles())) {
      ready.forEach(OwnerFiles::delete);
    } catch (NoSuchFileException | NotDirectoryException _) {
      // Nothing is ready.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the folder to another process: from now on nothing is written or removed here. */
  public synchronized void release() {
    removeAll();
    released = true;
  }

  /** Writes the caller's variables; the launcher requires every other AWS variable to be unset. */
  private static void variables(StringBuilder text, CallerEnvironment environment) {
    environment.aws().forEach((name, value) -> line(text, "var", name + "=" + value));
  }

  /**
   * Writes how the launcher notices that a config file has changed: the file is newer than the
   * ready file; or its time differs from that of its mark, an empty file, as after {@code cp -p};
   * or its link leads to another file. The folders show the rest.
   */
  private void file(StringBuilder text, SeenFile file, Path mark) {
    line(text, "file", (file.existed() ? "+ " : "- ") + file.path());
    if (file.existed()) {
      line(text, "real", FolderMark.real(file.path(), configs).toString());
      OwnerFiles.write(mark, "");
      try {
        Files.setLastModifiedTime(mark, file.modified().orElseThrow());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      line(text, "mark", mark.toString());
    }
  }

  /** Creates the marks of the folders, numbered after those of the files. */
  private List<FolderMark> folders(String profile, List<SeenFile> config) {
    var marks = new ArrayList<FolderMark>();
    for (Path folder : FolderMark.folders(config, configs)) {
      var marked = new FolderMark(folder, mark(profile, config.size() + marks.size()));
      marked.create();
      marks.add(marked);
    }
    return marks;
  }

  /** A file name that no profile with a ready file can have. */
  private Path mark(String profile, int number) {
    return files.readyFiles().resolve(profile + ".mark" + number);
  }

  private static void line(StringBuilder text, String word, String value) {
    text.append(word).append(' ').append(value).append('\n');
  }

  private static long epochSecond(Instant instant) {
    return instant.equals(Instant.MAX) ? FOR_EVER : instant.getEpochSecond();
  }
}
