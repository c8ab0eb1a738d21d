package dev.jvault.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * Guesses from the text alone whether a file is cut off, because a program is rewriting it in
 * place, or was edited. A text looks cut off if its sections or lines come in the same order as
 * before and the last ones are missing; values may differ.
 */
final class TruncationDetector {
  private TruncationDetector() {}

  /** Whether the new text looks like the beginning of a text that replaces the old one. */
  static boolean between(String before, String now) {
    List<String> oldLines = skeleton(before, true);
    List<String> lines = skeleton(now, true);
    List<String> oldHeaders = skeleton(before, false);
    List<String> headers = skeleton(now, false);
    boolean open = !ended(now);
    return begins(oldHeaders, headers, open)
        || begins(oldLines, lines, open)
        || (open && ended(before) && headers.equals(oldHeaders));
  }

  /**
   * Whether a list is the beginning of another and no more.
   *
   * @param open whether its last element may be cut off itself
   */
  private static boolean begins(List<String> whole, List<String> part, boolean open) {
    int last = part.size() - 1;
    if (last >= whole.size()) {
      return false;
    }
    if (last < 0 || whole.subList(0, part.size()).equals(part)) {
      return part.size() < whole.size();
    }
    return open
        && whole.subList(0, last).equals(part.subList(0, last))
        && whole.get(last).startsWith(part.get(last));
  }

  /** The headers, and the keys of the lines below them, in order. */
  private static List<String> skeleton(String text, boolean withKeys) {
    var skeleton = new ArrayList<String>();
    for (ConfigLine line : ConfigLines.of(text)) {
      if (line.kind() == ConfigLine.Kind.HEADER) {
        skeleton.add(line.text().strip());
      } else if (withKeys && line.kind() != ConfigLine.Kind.BLANK) {
        String stripped = line.text().strip();
        int end = stripped.indexOf('=');
        skeleton.add(end < 0 ? stripped : stripped.substring(0, end).strip());
      }
    }
    return skeleton;
  }

  private static boolean ended(String text) {
    return text.endsWith("\n") || text.endsWith("\r");
  }
}
