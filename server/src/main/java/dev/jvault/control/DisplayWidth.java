package dev.jvault.control;

import java.lang.Character.UnicodeScript;

/** How many columns a text takes on a terminal. */
final class DisplayWidth {
  private DisplayWidth() {}

  /** The columns of a text without control characters. */
  static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  private static int of(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  /** Whether terminals give a character two columns, as East Asian scripts and emoji have. */
  private static boolean isWide(int character) {
    return switch (character) {
      case 0x303F -> false; // the only narrow one among the CJK symbols
      default ->
          inRange(character, 0x3000, 0x33FF)
              || inRange(character, 0xFF01, 0xFF60)
              || inRange(character, 0xFFE0, 0xFFE6)
              || inRange(character, 0xFE30, 0xFE6F)
              || isEmoji(character)
              || isEastAsian(character);
    };
  }

  /** The letters of flags are narrow each, and wide as the pair that makes the flag. */
  private static boolean isEmoji(int character) {
    return Character.isEmojiPresentation(character) && !inRange(character, 0x1F1E6, 0x1F1FF);
  }

  private static boolean isEastAsian(int character) {
    if (inRange(character, 0xFF61, 0xFFDC)) {
      return false; // the half-width forms
    }
    return switch (UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI -> true;
      case HANGUL -> !inRange(character, 0x1160, 0x11FF);
      default -> false;
    };
  }

  private static boolean inRange(int character, int first, int last) {
    return character >= first && character <= last;
  }
}
