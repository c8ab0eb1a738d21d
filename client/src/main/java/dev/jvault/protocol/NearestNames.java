package dev.jvault.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the names that a mistyped name probably means. */
public final class NearestNames {
  private static final int MOST = 3;
  private static final int LONGEST = 200;

  private NearestNames() {}

  /**
   * The nearest names, at most three, the nearest first. A third of the letters may differ, at
   * least two; upper and lower case are the same. Names beyond 200 characters are left out.
   */
  public static List<String> to(String typed, Collection<String> names) {
    if (typed.length() > LONGEST) {
      return List.of();
    }
    String wanted = typed.toLowerCase(Locale.ROOT);
    int most = Math.max(2, typed.length() / 3);
    return names.stream()
        .filter(name -> name.length() <= LONGEST)
        .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(near -> near.distance() <= most && near.distance() < typed.length())
        .sorted(Comparator.comparingInt(Near::distance))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  /** Like {@link #to}, but at most so many letters may differ, and case counts. */
  public static List<String> within(String typed, int most, Collection<String> names) {
    return to(typed, names).stream().filter(name -> distance(typed, name) <= most).toList();
  }

  /**
   * The end of a sentence about a mistyped name, {@code ; did you mean a, b?}; empty if no name is
   * near.
   *
   * @param names fit for a terminal
   */
  public static Optional<String> question(String typed, Collection<String> names) {
    List<String> near = to(typed, names);
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of("; did you mean " + String.join(", ", near) + "?");
  }

  /**
   * Levenshtein's distance: how many letters to insert, delete or replace. A name that begins with
   * the typed one is nearest.
   */
  private static int distance(String from, String to) {
    if (!from.isEmpty() && to.startsWith(from)) {
      return 0;
    }
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }

  private record Near(String name, int distance) {}
}
