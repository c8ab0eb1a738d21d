package dev.jvault.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of the keys that hold a command line, such as {@code credential_process}. The parser
 * of the SDK for Java ends every value at a semicolon or a number sign after a space, even inside
 * quotes. In a command line these are characters like all others, as in botocore.
 */
final class CommandValues {
  private static final String SUFFIX = "_process";

  private CommandValues() {}

  /**
   * The values of a section, in which those of command lines are whole.
   *
   * @param lines the section below its header
   * @param values the same as the parser sees it
   */
  static Map<String, String> whole(List<ConfigLine> lines, Map<String, String> values) {
    Map<String, String> lineValues = new HashMap<>();
    for (ConfigLine line : lines) {
      switch (line.kind()) {
        case OPTION -> {
          if (line.key().endsWith(SUFFIX)) {
            lineValues.put(line.key(), line.value());
          }
        }
        case CONTINUATION ->
            lineValues.computeIfPresent(
                line.parent(),
                (_, value) -> value.isEmpty() ? value : value + "\n" + line.text().strip());
        case BLANK, HEADER -> {}
      }
    }
    Map<String, String> whole = new HashMap<>(values);
    whole.replaceAll(
        (name, value) -> lineValues.getOrDefault(name.toLowerCase(Locale.ROOT), value));
    return whole;
  }
}
