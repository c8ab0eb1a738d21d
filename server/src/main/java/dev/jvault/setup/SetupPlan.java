package dev.jvault.setup;

import java.nio.file.Path;
import java.util.List;

/**
 * What setup is about to do.
 *
 * @param changes the files that change; none for targets that are set up already
 * @param after what will have been written then
 * @param kept what stays although it was asked for
 * @param unchanged the targets that need no change
 */
record SetupPlan(
    List<FileChange> changes, SetupState after, List<Kept> kept, List<String> unchanged) {
  /**
   * Lines of setup that the user has edited.
   *
   * @param diff from what setup wrote to what is there
   */
  record Kept(String target, Path file, String diff) {
    /** For the user. */
    String sentence() {
      return "Kept the lines of %s in %s, because you have changed them; take them out yourself, then run this again if you want the lines of jvault:\n%s"
          .formatted(target, file, diff);
    }
  }

  SetupPlan {
    changes = List.copyOf(changes);
    kept = List.copyOf(kept);
    unchanged = List.copyOf(unchanged);
  }

  /** Whether all is as it should be. */
  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** All changes as one unified diff. */
  String diff() {
    var text = new StringBuilder();
    changes.forEach(change -> text.append(change.diff()));
    return text.toString();
  }
}
