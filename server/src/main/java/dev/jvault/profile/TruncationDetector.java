package dev.jvault.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses from the text alone whether a file is cut off, because a program is rewriting it in
 * place, or was edited. A text looks cut off if its sections or lines come in the same order as
 * before and the last ones are missing; values may differ.
 */
final class TruncationDetector {
  private TruncationDetector() {}

  /** Whether the new text looks like the beginning of a text that replaces the old one. */
  static boolean between(String before, String now) {
    var seen = new HashMap<String, String>();
    Skeleton old = skeleton(before, seen);
    Skeleton current = skeleton(now, seen);
    boolean open = !ended(now);
    return begins(old.headers(), current.headers(), open)
        || begins(old.lines(), current.lines(), open)
        || (open && ended(before) && current.headers().equals(old.headers()));
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

  /**
   * What remains of a text without its values, in order.
   *
   * @param lines the headers, and the keys of the lines below them
   */
  private record Skeleton(List<String> headers, List<String> lines) {}

  /** The skeleton; equal parts are one object, because a large file repeats a few keys. */
  private static Skeleton skeleton(String text, Map<String, String> seen) {
    var skeleton = new Skeleton(new ArrayList<>(), new ArrayList<>());
    for (ConfigLine line : ConfigLines.of(text)) {
      String stripped = line.text().strip();
      if (line.kind() == ConfigLine.Kind.HEADER) {
        String header = seen.computeIfAbsent(stripped, one -> one);
        skeleton.headers().add(header);
        skeleton.lines().add(header);
      } else if (line.kind() != ConfigLine.Kind.BLANK) {
        int end = stripped.indexOf('=');
        String key = end < 0 ? stripped : stripped.substring(0, end).strip();
        skeleton.lines().add(seen.computeIfAbsent(key, one -> one));
      }
    }
    return skeleton;
  }

  private static boolean ended(String text) {
    return text.endsWith("\n") || text.endsWith("\r");
  }
}
