package dev.jvault.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that jvault writes as a whole.
 *
 * @param content with its mark, one character for each byte
 */
record WantedFile(Path path, String content) {
  /** A file whose comments begin with a number sign. */
  static WantedFile of(Path path, String text) {
    return new WantedFile(path, UserFiles.bytes(OwnText.marked(text)));
  }

  /** Writes the file, unless it is there already or the user has edited it. */
  List<Change> changes() {
    boolean same = UserFiles.read(path).equals(Optional.of(content));
    return same || isEdited() ? List.of() : List.of(new Change.Write(path, content));
  }

  boolean isEdited() {
    return OwnText.of(path) == OwnText.State.EDITED;
  }

  /** Says that the file is kept and how it differs, if the user has edited it. */
  Optional<String> remark() {
    return OwnText.difference(path, UserFiles.text(content))
        .map(difference ->
            path
                + " was not written or was edited since, so it is kept. It differs from jvault's"
                + " own in these lines (delete the file and try again to get jvault's):\n"
                + difference);
  }
}
