package dev.jvault.service;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A command of the system. It runs without a shell, so its words are passed on unchanged.
 *
 * @param words the program's name, which is looked up in PATH, and its arguments
 */
record Command(List<String> words) {
  Command {
    words = List.copyOf(words);
  }

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** The command as a user would type it. */
  String rendered() {
    return words.stream().map(Command::quoted).collect(Collectors.joining(" "));
  }

  /** A word that every Bourne shell reads as it is. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
