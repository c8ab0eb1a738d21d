package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command of another tool.
 *
 * @param tool whose it is
 * @param words the command, such as {@code credentials add}
 * @param own jvault's verb with the same meaning, if its arguments have it too; else empty
 * @param answer what to write here, in which {@code NAME} stands for the profile
 * @param byOption other answers, if one of these options is given
 */
record ForeignVerb(
    Tool tool, List<String> words, String own, String answer, Map<String, String> byOption) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@+][A-Za-z0-9_./@+-]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\bNAME\\b");

  ForeignVerb {
    words = List.copyOf(words);
    byOption = Map.copyOf(byOption);
  }

  /** A command that a verb of jvault's understands as it is. */
  static ForeignVerb understood(Tool tool, String word, String own) {
    return new ForeignVerb(tool, List.of(word), own, "", Map.of());
  }

  /** A command that jvault answers with what to write instead. */
  static ForeignVerb answered(Tool tool, String words, String answer) {
    return answered(tool, words, answer, Map.of());
  }

  static ForeignVerb answered(
      Tool tool, String words, String answer, Map<String, String> byOption) {
    return new ForeignVerb(tool, List.of(words.split(" ", -1)), "", answer, byOption);
  }

  /** Whether a command line begins with this command. */
  boolean begins(List<String> line) {
    return line.size() >= words.size() && line.subList(0, words.size()).equals(words);
  }

  /** What to tell the user who typed this line. */
  JvaultException answerTo(List<String> line) {
    List<String> rest = line.subList(words.size(), line.size());
    String best =
        rest.stream()
            .map(word -> word.split("=", 2)[0])
            .flatMap(word -> Optional.ofNullable(byOption.get(word)).stream())
            .findFirst()
            .orElse(answer);
    String filled =
        profile(rest).map(name -> PLACEHOLDER.matcher(best).replaceAll(name)).orElse(best);
    return answer("There is no verb `%s`; %s".formatted(String.join(" ", words), filled));
  }

  static JvaultException answer(String sentence) {
    return new JvaultException(ExitCode.USAGE, sentence);
  }

  /** The profile that the line names, by the options of these tools or as its first free word. */
  private static Optional<String> profile(List<String> rest) {
    for (int i = 0; i < rest.size(); i++) {
      String word = rest.get(i);
      if (word.equals("--")) {
        return Optional.empty();
      }
      if (!word.startsWith("-")) {
        return Optional.of(word).filter(name -> PLAIN.matcher(name).matches());
      }
      if (ForeignWords.VALUED.contains(word)) {
        i++;
      }
    }
    return Optional.empty();
  }
}
