package dev.jvault.client;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * An option of another tool.
 *
 * @param tool whose it is
 * @param verbs jvault's verbs that understand it; empty for all of them, before and after the verb
 * @param letter its short form without the hyphen; empty if it has none
 * @param name its long form without the hyphens; empty if it has none
 * @param valued whether a value follows it
 * @param meaning what it means here
 */
record ForeignOption(
    Tool tool,
    List<String> verbs,
    String letter,
    String name,
    boolean valued,
    ForeignMeaning meaning) {
  ForeignOption {
    verbs = List.copyOf(verbs);
  }

  /** What tells this option from the others of a verb. */
  String key() {
    return name.isEmpty() ? letter : name;
  }

  /** The option as it is written. */
  String written() {
    return name.isEmpty() ? "-" + letter : "--" + name;
  }

  Option option() {
    return Option.builder(letter.isEmpty() ? null : letter)
        .longOpt(name.isEmpty() ? null : name)
        .hasArg(valued)
        .get();
  }

  /** What is left of it beside the verb's own options, which win; empty if nothing is. */
  Optional<ForeignOption> without(Options own) {
    String freeLetter = own.hasShortOption(letter) ? "" : letter;
    String freeName = own.hasLongOption(name) ? "" : name;
    return freeLetter.isEmpty() && freeName.isEmpty()
        ? Optional.empty()
        : Optional.of(new ForeignOption(tool, verbs, freeLetter, freeName, valued, meaning));
  }
}
