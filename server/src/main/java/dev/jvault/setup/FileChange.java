package dev.jvault.setup;

import java.util.Optional;

/**
 * A file that is to be changed.
 *
 * @param before as it was read
 * @param after its new text, each byte one character; empty if the file is to be removed
 */
record FileChange(UserFile before, Optional<String> after) {
  /** The change as a unified diff. */
  String diff() {
    return UnifiedDiff.of(
        before.text().map(_ -> before.file().toString()).orElse("/dev/null"),
        after.map(_ -> before.file().toString()).orElse("/dev/null"),
        Bytes.shown(before.text().orElse("")),
        Bytes.shown(after.orElse("")));
  }

  /** Says nothing of the texts, which may hold secrets of the user. */
  @Override
  public String toString() {
    return "FileChange[" + before.file() + "]";
  }
}
