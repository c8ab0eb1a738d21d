package dev.jvault.setup;

import dev.jvault.files.ForeignFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts of files while a plan is made: each edit starts from the result of the one before. */
final class WorkingFiles {
  private final ForeignFiles files;
  private final Map<Path, UserFile> read = new LinkedHashMap<>();
  private final Map<Path, Optional<String>> texts = new LinkedHashMap<>();

  WorkingFiles(ForeignFiles files) {
    this.files = files;
  }

  /** The file behind all links, read once. */
  UserFile file(Path path) {
    UserFile known = read.get(path);
    if (known != null) {
      return known;
    }
    UserFile found = UserFile.read(path, files);
    read.putIfAbsent(found.file(), found);
    UserFile one = read.get(found.file());
    read.put(path, one);
    texts.putIfAbsent(one.file(), one.text());
    return one;
  }

  /** The text as the edits so far leave it. */
  Optional<String> text(UserFile file) {
    return texts.getOrDefault(file.file(), file.text());
  }

  void set(UserFile file, Optional<String> text) {
    texts.put(file.file(), text);
  }

  /** The files whose text is no longer the one that was read. */
  List<FileChange> changes() {
    return read.values().stream()
        .distinct()
        .map(file -> new FileChange(file, text(file)))
        .filter(change -> !change.after().equals(change.before().text()))
        .toList();
  }
}
