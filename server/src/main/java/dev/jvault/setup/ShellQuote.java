package dev.jvault.setup;

/** Quotes words for shells. */
final class ShellQuote {
  private ShellQuote() {}

  /** For bash, zsh and every POSIX shell. */
  static String single(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** For fish, in which a backslash escapes within quotes. */
  static String fish(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
