package dev.jvault.linklocal;

import java.util.List;

/**
 * A system command. It runs without a shell, so its words are passed on unchanged.
 *
 * @param words the program's name, without a folder, and its arguments
 * @param input the text for its standard input, which ends with a newline, or an empty string
 */
record Command(List<String> words, String input) {
  Command {
    words = List.copyOf(words);
  }

  /** A command without input. */
  static Command of(String... words) {
    return new Command(List.of(words), "");
  }

  /** A command that reads the input. */
  static Command reading(String input, String... words) {
    return new Command(List.of(words), input);
  }

  String program() {
    return words.get(0);
  }

  /** The command as a user would type it. */
  String rendered() {
    String line = String.join(" ", words);
    return input.isEmpty() ? line + "\n" : line + " <<'END'\n" + input + "END\n";
  }
}
