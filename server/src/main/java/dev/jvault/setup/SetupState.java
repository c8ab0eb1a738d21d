package dev.jvault.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What setup has written and not taken back, in the order in which it was written. Immutable.
 *
 * @param entries one for each target and file
 * @param files one for each file that has entries
 */
record SetupState(List<Entry> entries, List<Original> files) {
  /**
   * What a target has in a file.
   *
   * @param whole whether it is the whole file
   * @param gap whether an empty line above it is setup's too
   * @param written its text, each byte one character
   */
  record Entry(String target, Path file, boolean whole, boolean gap, String written) {
    boolean is(String otherTarget, Path otherFile) {
      return target.equals(otherTarget) && file.equals(otherFile);
    }
  }

  /**
   * A file as it was before the first entry.
   *
   * @param digest of its content; empty if there was no file
   * @param backups copies of it that setup has made
   * @param folders that setup has made for it, the outermost first
   */
  record Original(Path file, Optional<String> digest, List<Path> backups, List<Path> folders) {
    Original {
      backups = List.copyOf(backups);
      folders = List.copyOf(folders);
    }
  }

  /** Nothing. */
  static final SetupState EMPTY = new SetupState(List.of(), List.of());

  SetupState {
    entries = List.copyOf(entries);
    files = List.copyOf(files);
  }

  Optional<Entry> entry(String target, Path file) {
    return entries.stream().filter(entry -> entry.is(target, file)).findFirst();
  }

  Optional<Original> original(Path file) {
    return files.stream().filter(original -> original.file().equals(file)).findFirst();
  }

  boolean hasEntries(Path file) {
    return entries.stream().anyMatch(entry -> entry.file().equals(file));
  }

  /** The same with this entry, in the place of an earlier one of its target and file. */
  SetupState with(Entry entry) {
    return new SetupState(
        replaced(entries, old -> old.is(entry.target(), entry.file()), entry), files);
  }

  /** The same with these facts about a file. */
  SetupState with(Original original) {
    return new SetupState(
        entries, replaced(files, old -> old.file().equals(original.file()), original));
  }

  SetupState without(Entry entry) {
    return new SetupState(entries.stream().filter(old -> !old.equals(entry)).toList(), files);
  }

  SetupState withoutOriginal(Path file) {
    return new SetupState(
        entries, files.stream().filter(original -> !original.file().equals(file)).toList());
  }

  private static <T> List<T> replaced(List<T> all, Predicate<T> which, T by) {
    List<T> result = new ArrayList<>(all);
    for (int i = 0; i < result.size(); i++) {
      if (which.test(result.get(i))) {
        result.set(i, by);
        return result;
      }
    }
    result.add(by);
    return result;
  }
}
