package dev.jvault.program;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A command of the system. It runs without a shell, so its words are passed on unchanged.
 *
 * @param words the program's name, without a folder, and its arguments
 * @param input the text for its standard input, which ends with a newline, or an empty string
 */
public record Command(List<String> words, String input) {
  /** Copies the words. */
  public Command {
    words = List.copyOf(words);
  }

  /** A command without input. */
  public Command(List<String> words) {
    this(words, "");
  }

  /** A command without input. */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** A command that reads the input. */
  public static Command reading(String input, String... words) {
    return new Command(List.of(words), input);
  }

  /** The name of the program. */
  public String program() {
    return words.get(0);
  }

  /** The command as a user would type it; without a newline at the end. */
  public String rendered() {
    String line = words.stream().map(Command::quoted).collect(Collectors.joining(" "));
    return input.isEmpty() ? line : line + " <<'END'\n" + input + "END";
  }

  /** A word that every Bourne shell reads as it is. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
