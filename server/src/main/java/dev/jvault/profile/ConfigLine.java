package dev.jvault.profile;

import java.util.Locale;

/**
 * One line of a config file and the part it plays. It locates; values come from the parser.
 *
 * @param number counted from 1
 * @param text without its ending
 * @param ending {@code \n}, {@code \r\n}, {@code \r} or nothing at the end of the file
 * @param parent the key of the option that a continuation belongs to, else empty
 */
record ConfigLine(int number, String text, String ending, Kind kind, String parent) {
  /** The part that a line plays, as Python's configparser (and so the AWS CLI) sees it. */
  enum Kind {
    /** Nothing, or a comment. */
    BLANK,
    /** A line that starts with a bracket, whether a section can be read from it or not. */
    HEADER,
    /** The first line of a key with its value. */
    OPTION,
    /** A line that is indented deeper than the option above it, and belongs to its value. */
    CONTINUATION
  }

  private static final char UNDECODABLE = '\uFFFD';

  /** The key that the line sets, in lower case as the AWS CLI reads it; empty if there is none. */
  String key() {
    int end = delimiter();
    if (end < 0) {
      return parent;
    }
    String own = text.substring(0, end).strip().toLowerCase(Locale.ROOT);
    return kind == Kind.CONTINUATION ? parent + "." + own : own;
  }

  /**
   * The line in the one spelling that all parsers agree on: options at the margin with an equals
   * sign, continuations indented, no comments.
   */
  String canonical() {
    String stripped = text.strip();
    return switch (kind) {
      case BLANK, HEADER -> "";
      case CONTINUATION -> " " + stripped;
      case OPTION -> {
        int at = delimiter();
        yield at < 0
            ? stripped
            : text.substring(0, at).strip() + "=" + text.substring(at + 1).stripTrailing();
      }
    };
  }

  /** The value that an option line gives its key, with all that a parser may take for a comment. */
  String value() {
    return text.substring(delimiter() + 1).strip();
  }

  /** Whether the line matters and holds bytes that are not UTF-8. */
  boolean undecodable() {
    return kind != Kind.BLANK && text.indexOf(UNDECODABLE) >= 0;
  }

  /** The line as it stands in the file. */
  String verbatim() {
    return text + ending;
  }

  /** Names the place and the kind only, because the text may be a secret in plain text. */
  @Override
  public String toString() {
    return number + " " + kind;
  }

  private int delimiter() {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':');
    if (equals < 0 || colon < 0) {
      return Math.max(equals, colon);
    }
    return Math.min(equals, colon);
  }
}
