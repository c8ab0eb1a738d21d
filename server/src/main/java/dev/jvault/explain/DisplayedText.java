package dev.jvault.explain;

import dev.jvault.protocol.PrintableText;
import java.util.regex.Pattern;

/** A value from a config file as an explanation shows it. */
final class DisplayedText {
  /** A name and a password before a host. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/?#\\s]*@");

  private DisplayedText() {}

  /**
   * The first line of the value, printable and without the password of an address. Only the first
   * line, because an indented line below a key belongs to its value, perhaps by mistake.
   */
  static String of(String value) {
    int end = value.indexOf('\n');
    String first = end < 0 ? value.strip() : (value.substring(0, end).strip() + " …").strip();
    return PrintableText.of(USER_INFO.matcher(first).replaceAll("//***@"));
  }
}
