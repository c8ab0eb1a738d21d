package dev.jvault.client;

import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;

/**
 * The table of verbs for whoever writes it down elsewhere: help texts beside the launcher, manual
 * pages, completions.
 */
public final class VerbTable {
  private VerbTable() {}

  /**
   * One verb.
   *
   * @param name on the command line
   * @param aliases its other names
   * @param summary what it does, in one line
   * @param synopsis its arguments, as in {@code [options] NAME}
   * @param options in the order of the help text
   * @param examples real command lines
   * @param help the whole help text
   */
  public record Entry(
      String name,
      List<String> aliases,
      String summary,
      String synopsis,
      List<OptionEntry> options,
      List<String> examples,
      String help) {
    /** Copies the lists. */
    public Entry {
      aliases = List.copyOf(aliases);
      options = List.copyOf(options);
      examples = List.copyOf(examples);
    }

    /**
     * The words that may stand for a placeholder of this verb, with what each is; empty if there is
     * no fixed list of them.
     */
    public Map<String, String> words(String placeholder) {
      return Verbs.named(name).words(placeholder);
    }
  }

  /**
   * One option of a verb.
   *
   * @param letter its short form without the hyphen; empty if it has none
   * @param name its long form without the hyphens
   * @param value the placeholder of its value, such as {@code TIME}; empty if it takes none
   * @param description what it does, in one line
   */
  public record OptionEntry(String letter, String name, String value, String description) {}

  /** All verbs, in the order of the help text. */
  public static List<Entry> all() {
    return Verbs.all().stream().map(VerbTable::entry).toList();
  }

  /** The help text that lists the verbs. */
  public static String help() {
    return HelpText.ofAll();
  }

  private static Entry entry(Verb verb) {
    VerbHelp help = verb.help();
    return new Entry(
        help.name(),
        verb.aliases(),
        help.summary(),
        help.synopsis(),
        verb.allOptions().getOptions().stream().map(VerbTable::entry).toList(),
        help.examples(),
        HelpText.of(verb));
  }

  private static OptionEntry entry(Option option) {
    return new OptionEntry(
        option.getOpt() == null ? "" : option.getOpt(),
        option.getLongOpt(),
        option.hasArg() ? option.getArgName() : "",
        option.getDescription());
  }
}
