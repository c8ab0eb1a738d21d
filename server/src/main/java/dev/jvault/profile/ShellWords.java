package dev.jvault.profile;

import dev.jvault.command.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Splits and quotes words as a POSIX shell does, which is how the AWS CLI names profiles. */
public final class ShellWords {
  private static final String SPECIAL = " \t\r\n'\"\\";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /** The words; empty if a quote is left open. */
  public static Optional<List<String>> split(String text) {
    return new ShellWords(text).split();
  }

  /** The word quoted for {@link #split}; unquoted if it needs no quotes. */
  static String quote(String word) {
    boolean plain = !word.isEmpty() && word.chars().allMatch(c -> SPECIAL.indexOf(c) < 0);
    return plain ? word : ShellQuote.posix(word);
  }

  private Optional<List<String>> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      boolean whole =
          switch (c) {
            case ' ', '\t', '\r', '\n' -> endWord();
            case '\'' -> quoted('\'', "");
            case '"' -> quoted('"', "\"\\");
            case '\\' -> escaped();
            default -> append(c);
          };
      if (!whole) {
        return Optional.empty();
      }
    }
    endWord();
    return Optional.of(words);
  }

  private boolean endWord() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
    return true;
  }

  private boolean append(char c) {
    if (word == null) {
      word = new StringBuilder();
    }
    word.append(c);
    return true;
  }

  private boolean escaped() {
    return at < text.length() && append(text.charAt(at++));
  }

  private boolean quoted(char quote, String escapable) {
    if (word == null) {
      word = new StringBuilder();
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return true;
      }
      boolean escape = c == '\\' && at < text.length() && escapable.indexOf(text.charAt(at)) >= 0;
      append(escape ? text.charAt(at++) : c);
    }
    return false;
  }
}
