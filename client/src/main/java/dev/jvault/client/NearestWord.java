package dev.jvault.client;

import java.util.List;

/** Finds the word that somebody probably meant. */
final class NearestWord {
  private NearestWord() {}

  /** The nearest of some words, or an empty string when none is near. */
  static String to(String given, List<String> words) {
    String nearest = "";
    int least = Math.max(2, given.length() / 3) + 1;
    for (String word : words) {
      int distance = word.startsWith(given) && given.length() > 2 ? 1 : distance(given, word);
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    return nearest;
  }

  /** How many letters have to be put in, taken out or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
