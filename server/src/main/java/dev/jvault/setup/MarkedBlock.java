package dev.jvault.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one target in a file of the user, between two comments that name the target.
 *
 * @param start the offset of the first comment in the text
 * @param end the offset behind the line of the second comment
 * @param text from start to end
 */
record MarkedBlock(int start, int end, String text) {
  /** The comment above the lines of a target. */
  static String first(String target) {
    return "# >>> jvault setup " + target + " >>>";
  }

  /** The comment below the lines of a target. */
  static String last(String target) {
    return "# <<< jvault setup " + target + " <<<";
  }

  /**
   * The block of a target in a text; empty if there is none. Without its last comment, it ends with
   * the text.
   */
  static Optional<MarkedBlock> find(String text, String target) {
    String first = Bytes.utf8(first(target));
    String last = Bytes.utf8(last(target));
    int start = -1;
    for (int at = 0; at < text.length(); ) {
      int newline = text.indexOf('\n', at);
      int next = newline < 0 ? text.length() : newline + 1;
      String line = text.substring(at, next).strip();
      if (start < 0 && line.equals(first)) {
        start = at;
      } else if (start >= 0 && line.equals(last)) {
        return Optional.of(new MarkedBlock(start, next, text.substring(start, next)));
      }
      at = next;
    }
    return start < 0
        ? Optional.empty()
        : Optional.of(new MarkedBlock(start, text.length(), text.substring(start)));
  }

  /** The text of a new block. */
  static String written(String target, String indent, List<String> lines, String lineEnd) {
    var text = new StringBuilder();
    List<String> all = new ArrayList<>();
    all.add(first(target));
    all.addAll(lines);
    all.add(last(target));
    all.forEach(
        line -> text.append(line.isEmpty() ? "" : indent).append(Bytes.utf8(line)).append(lineEnd));
    return text.toString();
  }

  /** Whether two blocks differ in nothing but their line ends and indentation. */
  static boolean same(String one, String other) {
    return lines(one).equals(lines(other));
  }

  private static List<String> lines(String block) {
    return block.lines().map(String::strip).toList();
  }
}
