package dev.jvault.protocol;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text from files, callers and other programs fit to be shown on a terminal.
 *
 * <p>Unprintable are control characters, format characters (among them those that change the
 * direction of writing, such as U+202E, and invisible ones, such as U+200B), line and paragraph
 * separators, and unpaired surrogates. A terminal obeys them, or shows a text that differs from
 * what a program reads.
 */
public final class PrintableText {
  private static final String CLASS = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}";
  private static final Pattern UNPRINTABLE = Pattern.compile("[" + CLASS + "]");

  /** Also the spaces that look like a space and are none. */
  private static final Pattern ESCAPED = Pattern.compile("[" + CLASS + "\\p{Zs}&&[^ ]]");

  /** The same, except for ends of lines and tabs; a carriage return alone overwrites its line. */
  private static final Pattern ESCAPED_IN_LINES =
      Pattern.compile("[" + CLASS + "\\p{Zs}&&[^ \\t\\r\\n]]|\\r(?!\\n)");

  private static final Pattern GAP = Pattern.compile("[\\s" + CLASS + "]+");

  /** The most characters of a text that is quoted in a sentence. */
  private static final int LONGEST_QUOTE = 80;

  private PrintableText() {}

  /**
   * The text with an escape, such as {@code \\u200b}, in place of each unprintable character and of
   * each space that is not U+0020.
   */
  public static String of(String text) {
    return escaped(ESCAPED, text);
  }

  /** The same for a text of several lines, whose line ends and tabs stay. */
  public static String lines(String text) {
    return escaped(ESCAPED_IN_LINES, text);
  }

  private static String escaped(Pattern unprintable, String text) {
    return unprintable
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
  }

  /** The names of the characters that {@link #of} escapes, such as {@code U+200B}. */
  public static List<String> hidden(String text) {
    return ESCAPED
        .matcher(text)
        .results()
        .map(found -> "U+%04X".formatted(found.group().codePointAt(0)))
        .distinct()
        .toList();
  }

  /** The same for a sentence: a text of more than 80 characters is cut. */
  public static String quoted(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_QUOTE
        ? of(text)
        : of(text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE))) + "…";
  }

  /** The text in one line: one space for each run of white space and unprintable characters. */
  public static String oneLine(String text) {
    return GAP.matcher(text).replaceAll(" ").strip();
  }

  /** Whether the text has no unprintable character. */
  public static boolean isPrintable(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }
}
