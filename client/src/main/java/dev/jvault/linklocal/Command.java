package dev.jvault.linklocal;

import java.util.List;

/**
 * One command of the system. No shell is involved: words are arguments.
 *
 * @param words the program's bare name and its arguments
 * @param input what it reads, which ends with a newline, or nothing
 */
record Command(List<String> words, String input) {
  Command {
    words = List.copyOf(words);
  }

  /** A command that reads nothing. */
  static Command of(String... words) {
    return new Command(List.of(words), "");
  }

  /** A command that reads the given text. */
  static Command reading(String input, String... words) {
    return new Command(List.of(words), input);
  }

  String program() {
    return words.get(0);
  }

  /** As a person would type it. */
  String rendered() {
    String line = String.join(" ", words);
    return input.isEmpty() ? line + "\n" : line + " <<'END'\n" + input + "END\n";
  }
}
