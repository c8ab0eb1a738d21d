package dev.jvault.profile;

/** Text from a file or a caller, made fit for a sentence on a terminal. */
final class PrintableText {
  private static final int LONGEST = 80;

  private PrintableText() {}

  /** The text with control characters replaced, and cut where it is long. */
  static String of(String text) {
    var result = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .forEach(result::appendCodePoint);
    return result.length() < text.length() && text.length() > LONGEST
        ? result.append('…').toString()
        : result.toString();
  }
}
