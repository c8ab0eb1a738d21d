package dev.jvault.explain;

import java.util.regex.Pattern;

/** Text from a config file, made fit to be shown. */
final class Shown {
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  /** A name and a password before a host. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/?#\\s]*@");

  private Shown() {}

  /**
   * The text before its first line break, without control characters and without the password of an
   * address. What stands on further lines may have slipped into the value by its indentation.
   */
  static String of(String text) {
    int end = text.indexOf('\n');
    String first = end < 0 ? text.strip() : (text.substring(0, end).strip() + " …").strip();
    return UNPRINTABLE.matcher(USER_INFO.matcher(first).replaceAll("//***@")).replaceAll("?");
  }
}
