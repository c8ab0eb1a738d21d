package dev.jvault.command;

/** Quotes words for shells: always, so that nothing in them runs. */
public final class ShellQuote {
  private ShellQuote() {}

  /** For bash, zsh and every POSIX shell; without a backslash, which bash 5.0 may misread. */
  public static String posix(String word) {
    return "'" + word.replace("'", "'\"'\"'") + "'";
  }

  /** For fish, in which a backslash escapes itself and the quote. */
  public static String fish(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
