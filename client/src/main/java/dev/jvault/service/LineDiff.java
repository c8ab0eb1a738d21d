package dev.jvault.service;

import java.util.List;

/** The difference between two short texts, line by line. */
final class LineDiff {
  private LineDiff() {}

  /**
   * The lines that were removed, with a minus before them, and those that were added, with a plus.
   * Common lines are left out. Takes time and memory in proportion to the product of the numbers of
   * lines.
   */
  static String of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int[][] common = common(old, now);
    var text = new StringBuilder();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        text.append('-').append(old.get(i++)).append('\n');
      } else {
        text.append('+').append(now.get(j++)).append('\n');
      }
    }
    return text.toString();
  }

  /** For each pair of places, how many lines both texts have in common from there on. */
  private static int[][] common(List<String> old, List<String> now) {
    var common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
