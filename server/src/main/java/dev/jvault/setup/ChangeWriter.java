package dev.jvault.setup;

import dev.jvault.files.AtomicFile;
import dev.jvault.files.AtomicFile.Durability;
import dev.jvault.files.ForeignFiles;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.FileFault;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out a plan: all of its changes or none. What is to be remembered is on disk before the
 * first file changes, so that a crash leaves nothing that cannot be taken back.
 */
final class ChangeWriter {
  private final ForeignFiles files;
  private final SetupStateFile stateFile;
  private final Optional<String> backupDate;
  private final List<FileChange> done = new ArrayList<>();
  private final List<Path> backups = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();
  private SetupState state;

  /**
   * A writer for one plan.
   *
   * @param backupDate for the names of backups; empty if none are wanted
   */
  ChangeWriter(ForeignFiles files, SetupStateFile stateFile, Optional<String> backupDate) {
    this.files = files;
    this.stateFile = stateFile;
    this.backupDate = backupDate;
    this.state = SetupState.EMPTY;
  }

  /**
   * Changes the files.
   *
   * @return the backups that were made
   * @throws JvaultException if that fails; the files are then as they were
   */
  List<Path> write(SetupPlan plan, SetupState before) {
    state = plan.after();
    boolean finished = false;
    try {
      for (FileChange change : plan.changes()) {
        look(change, this::prepare);
      }
      stateFile.write(state);
      for (FileChange change : plan.changes()) {
        look(change, this::replace);
        done.add(change);
      }
      finished = true;
      return List.copyOf(backups);
    } finally {
      if (!finished) {
        takeBack(before);
      }
    }
  }

  /** A step with one file, on a thread that may hang. */
  @FunctionalInterface
  private interface Step {
    void at(FileChange change) throws IOException;
  }

  private void look(FileChange change, Step step) {
    Path file = change.before().file();
    try {
      boolean _ =
          files.look(
              file,
              _ -> {
                step.at(change);
                return true;
              });
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.PROFILE,
          "%s cannot be changed (%s); nothing was changed.".formatted(file, FileFault.reason(e)),
          e);
    }
  }

  /** Makes the folder of a new file, or a backup of an old one. */
  private void prepare(FileChange change) throws IOException {
    Path file = change.before().file();
    if (change.before().text().isEmpty()) {
      makeFolders(file);
    } else if (backupDate.isPresent()) {
      Path backup =
          AtomicFile.createBeside(
              file.resolveSibling(file.getFileName() + ".jvault-" + backupDate.get() + ".bak"),
              Bytes.of(change.before().text().get()));
      backups.add(backup);
      addToOriginal(file, List.of(backup), List.of());
    }
  }

  private void makeFolders(Path file) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path folder = file.getParent();
        folder != null && !Files.exists(folder);
        folder = folder.getParent()) {
      missing.addFirst(folder);
    }
    for (Path folder : missing) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      folders.add(folder);
    }
    addToOriginal(file, List.of(), missing);
  }

  private void addToOriginal(Path file, List<Path> moreBackups, List<Path> moreFolders) {
    state
        .original(file)
        .ifPresent(original -> {
          List<Path> allBackups = new ArrayList<>(original.backups());
          allBackups.addAll(moreBackups);
          List<Path> allFolders = new ArrayList<>(original.folders());
          allFolders.addAll(moreFolders);
          state =
              state.with(new SetupState.Original(file, original.digest(), allBackups, allFolders));
        });
  }

  private void replace(FileChange change) throws IOException {
    UserFile now = UserFile.readNow(change.before().file());
    if (!now.text().equals(change.before().text())) {
      throw new IOException("another program has just changed it; try again");
    }
    put(change.before(), change.after());
  }

  private static void put(UserFile file, Optional<String> text) throws IOException {
    if (text.isEmpty()) {
      Files.deleteIfExists(file.file());
    } else {
      AtomicFile.write(file.file(), Bytes.of(text.get()), file.mode(), Durability.POWER_FAILURE);
    }
  }

  private void takeBack(SetupState before) {
    for (FileChange change : done.reversed()) {
      quietly(() -> put(change.before(), change.before().text()));
    }
    backups.forEach(backup -> quietly(() -> Files.deleteIfExists(backup)));
    folders.reversed().forEach(folder -> quietly(() -> Files.deleteIfExists(folder)));
    quietly(() -> stateFile.write(before));
  }

  /** An action whose failure the user learns from the failure before it. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  private static void quietly(Action action) {
    try {
      action.run();
    } catch (IOException | JvaultException _) {
      // The first failure is the one to report.
    }
  }

  /** Removes the backups of files that are again what they were, and folders of setup. */
  void tidy(SetupState before, SetupState after) {
    for (SetupState.Original original : before.files()) {
      if (after.original(original.file()).isEmpty()) {
        quietly(() -> files.look(original.file(), file -> tidy(original)));
      }
    }
  }

  private static boolean tidy(SetupState.Original original) throws IOException {
    Optional<String> text = UserFile.readNow(original.file()).text();
    if (text.map(Bytes::digest).equals(original.digest())) {
      original.backups().forEach(backup -> quietly(() -> Files.deleteIfExists(backup)));
    }
    if (text.isEmpty()) {
      original.folders().reversed().forEach(folder -> quietly(() -> Files.deleteIfExists(folder)));
    }
    return true;
  }
}
