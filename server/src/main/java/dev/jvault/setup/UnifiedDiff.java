package dev.jvault.setup;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The difference between two texts in the format of {@code diff -u}, which {@code patch} reads.
 *
 * <p>Setup changes one place of a file at a time, so everything between the first and the last line
 * that differs is one hunk. It shows no secret: the unchanged lines around end before a line that
 * may hold one, and in changed lines its value is starred.
 */
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final Pattern SECRET =
      Pattern.compile("(?i)(.*(?:secret|token|passw|passphrase|api_?key|access_key)[^=:]*[=:]).*");

  /** Names of files end in such words too, and these values are names of files. */
  private static final Pattern HARMLESS = Pattern.compile("(?i).*token_file.*");

  private final List<String> before;
  private final List<String> after;
  private final int start;
  private final int beforeEnd;
  private final int afterEnd;

  private UnifiedDiff(String before, String after) {
    this.before = Lines.of(before);
    this.after = Lines.of(after);
    int most = Math.min(this.before.size(), this.after.size());
    int first = 0;
    while (first < most && this.before.get(first).equals(this.after.get(first))) {
      first++;
    }
    int same = 0;
    while (same < most - first
        && this.before
            .get(this.before.size() - 1 - same)
            .equals(this.after.get(this.after.size() - 1 - same))) {
      same++;
    }
    this.start = first;
    this.beforeEnd = this.before.size() - same;
    this.afterEnd = this.after.size() - same;
  }

  /** The difference; empty if there is none. */
  static String of(String beforeName, String afterName, String before, String after) {
    return before.equals(after)
        ? ""
        : "--- " + beforeName + "\n+++ " + afterName + "\n" + new UnifiedDiff(before, after).hunk();
  }

  private String hunk() {
    int above = 0;
    while (above < CONTEXT && above < start && !secret(before.get(start - above - 1))) {
      above++;
    }
    int below = 0;
    while (below < CONTEXT
        && beforeEnd + below < before.size()
        && !secret(before.get(beforeEnd + below))) {
      below++;
    }
    var text = new StringBuilder();
    text.append(
        "@@ -%s +%s @@%n"
            .formatted(
                range(start - above, beforeEnd + below), range(start - above, afterEnd + below)));
    before.subList(start - above, start).forEach(line -> line(text, ' ', line));
    before.subList(start, beforeEnd).forEach(line -> line(text, '-', line));
    after.subList(start, afterEnd).forEach(line -> line(text, '+', line));
    before.subList(beforeEnd, beforeEnd + below).forEach(line -> line(text, ' ', line));
    return text.toString();
  }

  private static String range(int from, int to) {
    int count = to - from;
    return count == 0 ? from + ",0" : from + 1 + (count == 1 ? "" : "," + count);
  }

  private static void line(StringBuilder text, char mark, String line) {
    text.append(mark);
    text.append(secret(line) ? SECRET.matcher(line.stripTrailing()).replaceFirst("$1 ***") : line);
    if (text.charAt(text.length() - 1) != '\n') {
      text.append(line.endsWith("\n") ? "\n" : "\n\\ No newline at end of file\n");
    }
  }

  private static boolean secret(String line) {
    return SECRET.matcher(line.stripTrailing()).matches() && !HARMLESS.matcher(line).find();
  }
}
