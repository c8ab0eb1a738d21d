package dev.jvault.client;

import org.apache.commons.cli.Option;

/** Renders the help texts from the {@link VerbHelp} and the options of the verbs. */
final class HelpText {
  private static final int NAME_WIDTH = 20;
  private static final int OPTION_WIDTH = 26;

  private HelpText() {}

  /** One line for each verb. */
  static String ofAll() {
    var text =
        new StringBuilder(
            """
            jvault keeps long-lived AWS keys in the keyring and serves short-lived sessions.

            usage: jvault VERB [options] [NAME]

            """);
    for (Verb verb : Verbs.all()) {
      VerbHelp help = verb.help();
      text.append("  ").append(padded(help.name(), NAME_WIDTH)).append(help.summary());
      text.append('\n');
    }
    return text.append("\n`jvault help VERB` shows the options and two examples.\n").toString();
  }

  /** Everything about one verb. */
  static String of(Verb verb) {
    VerbHelp help = verb.help();
    var text = new StringBuilder("jvault ").append(help.name()).append(": ");
    text.append(help.summary()).append("\n\nusage: jvault ").append(help.name());
    if (!help.synopsis().isEmpty()) {
      text.append(' ').append(help.synopsis());
    }
    text.append('\n');
    String before = "\noptions:\n";
    for (Option option : verb.allOptions().getOptions()) {
      text.append(before).append("  ").append(padded(written(option), OPTION_WIDTH));
      text.append(option.getDescription()).append('\n');
      before = "";
    }
    text.append("\nexamples:\n");
    for (String example : help.examples()) {
      text.append("  ").append(example).append('\n');
    }
    return text.toString();
  }

  private static String written(Option option) {
    String shortForm = option.getOpt() == null ? "" : "-" + option.getOpt() + ", ";
    String value = option.hasArg() ? " " + option.getArgName() : "";
    return shortForm + "--" + option.getLongOpt() + value;
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(Math.max(1, width - word.length()));
  }
}
