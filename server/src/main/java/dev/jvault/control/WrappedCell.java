package dev.jvault.control;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a table's cell, which breaks into lines without losing a character. Lines end after a
 * space, a slash, a comma or a colon, so that an account number and a role's name stay whole.
 */
final class WrappedCell {
  private final String text;
  private final List<String> pieces;

  WrappedCell(String text) {
    this.text = text;
    this.pieces = pieces(text);
  }

  /** The width of the whole text. */
  int width() {
    return DisplayWidth.of(text);
  }

  /** The width of the widest piece that stays whole. */
  int narrowest() {
    return pieces.stream().mapToInt(piece -> DisplayWidth.of(piece.strip())).max().orElse(0);
  }

  /** The lines, none of them wider than this if {@link #narrowest} is not. */
  List<String> lines(int width) {
    if (width() <= width) {
      return List.of(text);
    }
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String piece : pieces) {
      if (!line.isEmpty() && DisplayWidth.of((line + piece).strip()) > width) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(piece);
    }
    lines.add(line.toString().strip());
    return lines;
  }

  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    int begin = 0;
    for (int at = 1; at < text.length(); at++) {
      if (endsPiece(text, at)) {
        pieces.add(text.substring(begin, at));
        begin = at;
      }
    }
    pieces.add(text.substring(begin));
    return pieces;
  }

  /** Whether a line may end before this character. */
  private static boolean endsPiece(String text, int at) {
    char before = text.charAt(at - 1);
    return switch (before) {
      case ' ', ',', '/' -> true;
      // Not within a time, such as 03:25.
      case ':' -> at < 2 || !isDigit(text.charAt(at - 2)) || !isDigit(text.charAt(at));
      default -> false;
    };
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
