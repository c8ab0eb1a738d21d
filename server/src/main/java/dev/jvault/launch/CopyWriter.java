package dev.jvault.launch;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.OwnerFiles;
import dev.jvault.profile.ConfigChanges;
import dev.jvault.profile.ConfigEditor;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes copies of config files, and takes the settings that commands have written into a copy to
 * its original. What cannot be taken over is put aside with a sentence for the user, and never
 * lost. Beside each copy lies what jvault wrote, by which the next daemon knows the changes too.
 * For one thread at a time.
 */
public final class CopyWriter {
  /**
   * A copy.
   *
   * @param config whether it is one of the config file; else of the credentials file
   */
  record Copy(Path file, Path original, boolean config) {}

  /**
   * What a copy is to say.
   *
   * @param commands the line that each profile has in it in place of its sources
   * @param settled whether the original is not being written at the moment
   */
  record Content(String text, Map<String, String> commands, boolean settled) {
    /** Says nothing of the text, which may hold plaintext keys. */
    @Override
    public String toString() {
      return "Content[***]";
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(CopyWriter.class);

  /** How long a copy may look half-written, as in {@code ConfigReader}. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ConfigEditor editor;
  private final InstantSource clock;
  private final List<String> notices = new ArrayList<>();

  /**
   * Creates a writer.
   *
   * @param editor changes the originals
   */
  public CopyWriter(ConfigEditor editor, InstantSource clock) {
    this.editor = editor;
    this.clock = clock;
  }

  /**
   * Makes the copy say what it is to say, after the changes of commands have gone to the original.
   *
   * @param content read again after a change of the original
   */
  void update(Copy copy, Supplier<Content> content) {
    Content wanted = content.get();
    try {
      Optional<String> now = read(copy.file());
      if (now.isPresent() && !now.get().equals(wanted.text())) {
        if (!wanted.settled() || !take(copy, now.get(), wanted.commands())) {
          return;
        }
        wanted = content.get();
      }
      if (!now.equals(Optional.of(wanted.text()))) {
        OwnerFiles.write(copy.file(), wanted.text());
      }
      Path written = written(copy.file());
      if (!read(written).equals(Optional.of(wanted.text()))) {
        OwnerFiles.write(written, wanted.text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sentences for the user; each is returned once. */
  List<String> takeNotices() {
    List<String> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  /** Returns false if a command may still be writing. */
  private boolean take(Copy copy, String now, Map<String, String> commands) throws IOException {
    Optional<String> before = read(written(copy.file()));
    if (before.isEmpty() || before.get().equals(now)) {
      return true;
    }
    if (ConfigEditor.looksCutOff(before.get(), now)) {
      if (Files.getLastModifiedTime(copy.file())
          .toInstant()
          .isAfter(clock.instant().minus(PATIENCE))) {
        return false;
      }
      putAside(copy, now, "the end is missing");
      return true;
    }
    ConfigChanges changes = ConfigEditor.changes(before.get(), now, copy.config(), commands);
    try {
      List<ConfigChanges.Change> left =
          changes.changes().isEmpty()
              ? List.of()
              : editor.make(changes.changes(), copy.original(), copy.config());
      LOG.info(
          "event=config_change_taken_over file={} settings={}",
          copy.original(),
          changes.changes().size() - left.size());
      if (!left.isEmpty()) {
        putAside(copy, now, "your file has got another value of " + names(left));
      } else if (!changes.complete()) {
        putAside(copy, now, "it removed lines or changed comments");
      }
    } catch (JvaultException e) {
      putAside(copy, now, e.sentence());
    }
    return true;
  }

  private static String names(List<ConfigChanges.Change> changes) {
    return changes.stream()
        .map(change -> PrintableText.quoted(change.key() + " in " + change.header()))
        .collect(Collectors.joining(", "));
  }

  private void putAside(Copy copy, String content, String reason) throws IOException {
    Path kept =
        AtomicFile.createBeside(
            copy.file().resolveSibling(copy.file().getFileName() + ".edited"),
            content.getBytes(StandardCharsets.UTF_8));
    LOG.warn("event=config_copy_edited original={} kept={}", copy.original(), kept);
    notices.add(
        "A command changed its copy of %s, and jvault could not make every change there (%s): what the command wrote is in %s."
            .formatted(copy.original(), reason.replaceFirst("[.]$", ""), kept));
  }

  private static Path written(Path copy) {
    return copy.resolveSibling(copy.getFileName() + ".written");
  }

  private static Optional<String> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
