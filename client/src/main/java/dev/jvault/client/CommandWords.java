package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line, split into the verb and its arguments. Options before the verb, as people write
 * them for aws-vault, come first among the arguments.
 *
 * @param verb what to do
 * @param arguments all other words
 */
record CommandWords(Verb verb, List<String> arguments) {
  private static final Set<String> HELP = Set.of("--help", "-h");
  private static final Set<String> VERSION = Set.of("--version", "-V");

  CommandWords {
    arguments = List.copyOf(arguments);
  }

  /**
   * Splits a command line of at least one word.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if there is no such verb
   */
  static CommandWords of(List<String> line) {
    var before = new ArrayList<String>();
    int index = 0;
    while (index < line.size() && isOption(line.get(index))) {
      String word = line.get(index);
      Optional<ForeignOption> option = beforeVerb(word);
      before.add(word);
      index++;
      if (option.isPresent()
          && option.get().valued()
          && word.indexOf('=') < 0
          && index < line.size()) {
        before.add(line.get(index));
        index++;
      }
    }
    if (index == line.size()) {
      return withoutVerb(before);
    }
    var arguments = new ArrayList<>(before);
    arguments.addAll(line.subList(index + 1, line.size()));
    return new CommandWords(verb(line.subList(index, line.size())), arguments);
  }

  private static boolean isOption(String word) {
    return word.startsWith("-")
        && word.length() > 1
        && !HELP.contains(word)
        && !VERSION.contains(word);
  }

  /** Only options: the list of verbs, unless one of them has an answer of its own. */
  private static CommandWords withoutVerb(List<String> options) {
    OwnWords _ = OwnWords.of(new HelpVerb(), options);
    return new CommandWords(new HelpVerb(), options);
  }

  /** An option that may stand before every verb. */
  private static Optional<ForeignOption> beforeVerb(String word) {
    String name = word.split("=", 2)[0];
    Optional<ForeignOption> found =
        OwnWords.beforeVerbs().stream()
            .filter(one -> name.equals("--" + one.name()) || name.equals("-" + one.letter()))
            .findFirst();
    if (found.isEmpty()) {
      throw new JvaultException(
          ExitCode.USAGE,
          "The option %s cannot stand before the verb; write it behind, as in `jvault exec --env dev`."
              .formatted(name));
    }
    return found;
  }

  private static Verb verb(List<String> line) {
    String word = line.getFirst();
    if (HELP.contains(word)) {
      return new HelpVerb();
    }
    if (VERSION.contains(word)) {
      return new VersionVerb();
    }
    return ForeignWords.VERBS.stream()
        .filter(foreign -> foreign.begins(line))
        .filter(foreign -> foreign.words().size() > 1 || !Verbs.has(word))
        .max(Comparator.comparingInt(foreign -> foreign.words().size()))
        .map(foreign -> own(foreign, line))
        .orElseGet(() -> named(line));
  }

  private static Verb own(ForeignVerb foreign, List<String> line) {
    if (foreign.own().isEmpty()) {
      throw foreign.answerTo(line);
    }
    return Verbs.named(foreign.own());
  }

  /** The verb of this name; a line that begins with another tool's name is answered without it. */
  private static Verb named(List<String> line) {
    String word = line.getFirst();
    if (Tool.named(word).isPresent() && line.size() > 1) {
      Verb _ = verb(line.subList(1, line.size()));
      throw new JvaultException(
          ExitCode.USAGE, "Leave `%s` out: write `jvault %s …`.".formatted(word, line.get(1)));
    }
    return Verbs.named(word);
  }
}
