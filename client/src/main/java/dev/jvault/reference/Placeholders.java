package dev.jvault.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/** The words that may stand for a placeholder, whatever the verb. */
final class Placeholders {
  private Placeholders() {}

  /** The words and what each is; empty if there is no fixed list. */
  static Map<String, String> words(String placeholder) {
    return placeholder.equals("TIME") ? times() : Map.of();
  }

  private static Map<String, String> times() {
    var times = new LinkedHashMap<String, String>();
    times.put("15m", "15 minutes");
    times.put("30m", "30 minutes");
    for (int hours : new int[] {1, 2, 4, 8, 12}) {
      times.put(hours + "h", hours == 1 ? "1 hour" : hours + " hours");
    }
    return times;
  }
}
