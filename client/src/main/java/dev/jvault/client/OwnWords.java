package dev.jvault.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The arguments of a verb after the options of other tools have become jvault's own.
 *
 * @param words options and names of jvault
 * @param notes sentences about options that have no effect here
 */
record OwnWords(List<String> words, List<String> notes) {
  OwnWords {
    words = List.copyOf(words);
    notes = List.copyOf(notes);
  }

  /**
   * Translates arguments.
   *
   * @throws dev.jvault.protocol.JvaultException with {@link dev.jvault.protocol.ExitCode#USAGE} if
   *     they are wrong, or if an option has another command in its place here
   */
  static OwnWords of(Verb verb, List<String> args) {
    List<ForeignOption> foreign = foreign(verb);
    CommandLine line = Arguments.parse(verb, understood(verb), args);
    var words = new ArrayList<String>();
    var notes = new ArrayList<String>();
    boolean changed = false;
    for (Option given : line.getOptions()) {
      Optional<ForeignOption> found =
          foreign.stream().filter(one -> one.key().equals(key(given))).findFirst();
      if (found.isEmpty()) {
        words.addAll(written(given));
        continue;
      }
      changed = true;
      String value = given.getValue() == null ? "" : given.getValue();
      found.get().meaning().apply(verb, found.get(), value, words, notes);
    }
    if (!changed) {
      return new OwnWords(args, List.of());
    }
    // A name that begins with a hyphen is told from an option by what stands before it.
    words.add("--");
    words.addAll(line.getArgList());
    return new OwnWords(words, notes.stream().distinct().toList());
  }

  /** The options that a verb takes without translation. */
  static Options options(Verb verb) {
    Options options = verb.allOptions();
    // As in aws-vault, every command may ask.
    return options.hasLongOption("prompt") ? options : options.addOption(DeliveryOptions.prompt());
  }

  /** The options that a verb takes, those of other tools included. */
  static Options understood(Verb verb) {
    Options options = options(verb);
    foreign(verb).forEach(one -> options.addOption(one.option()));
    return options;
  }

  /** The options that may stand before every verb. */
  static List<ForeignOption> beforeVerbs() {
    var all = new ArrayList<ForeignOption>();
    all.add(own(Verb.DEBUG, false));
    all.add(own("prompt", true));
    ForeignWords.OPTIONS.stream().filter(one -> one.verbs().isEmpty()).forEach(all::add);
    return all;
  }

  private static ForeignOption own(String name, boolean valued) {
    return new ForeignOption(
        Tool.AWS_VAULT, List.of(), "", name, valued, new ForeignMeaning.Same(List.of()));
  }

  /** The options of other tools that the verb has not itself. */
  private static List<ForeignOption> foreign(Verb verb) {
    Options own = options(verb);
    return ForeignWords.OPTIONS.stream()
        .filter(one -> one.verbs().isEmpty() || one.verbs().contains(verb.help().name()))
        .flatMap(one -> one.without(own).stream())
        .toList();
  }

  private static String key(Option option) {
    return option.getLongOpt() == null ? option.getOpt() : option.getLongOpt();
  }

  private static List<String> written(Option given) {
    String name = "--" + given.getLongOpt();
    return given.hasArg() ? List.of(name, given.getValue()) : List.of(name);
  }
}
