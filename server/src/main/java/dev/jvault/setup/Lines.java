package dev.jvault.setup;

import java.util.ArrayList;
import java.util.List;

/** The lines of a text, each with its end. */
final class Lines {
  private Lines() {}

  static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int newline = text.indexOf('\n', at);
      int next = newline < 0 ? text.length() : newline + 1;
      lines.add(text.substring(at, next));
      at = next;
    }
    return lines;
  }
}
