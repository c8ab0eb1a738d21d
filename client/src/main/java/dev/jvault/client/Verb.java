package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** A verb of the command line: its options, its help text and what it does. */
abstract class Verb {
  /** How many profile names a verb takes. */
  enum Names {
    NONE,
    AT_MOST_ONE,
    ONE,
    /** One, which {@link MissingName} finds if the command line has none. */
    ONE_OR_FOUND,
    ONE_OR_MORE,
    ANY
  }

  /** The option of every verb that shows what the daemon does. */
  static final String DEBUG = "debug";

  private final Names names;
  private final VerbHelp help;

  Verb(Names names, VerbHelp help) {
    this.names = names;
    this.help = help;
  }

  final VerbHelp help() {
    return help;
  }

  /** Other names of the verb, such as {@code ls}. */
  List<String> aliases() {
    return List.of();
  }

  /**
   * The words that may stand for a placeholder of the synopsis or the value of an option, such as
   * {@code DRIVER}, if there is a fixed list of them: the word, and what it is.
   */
  Map<String, String> words(String placeholder) {
    return DeliveryOptions.words(placeholder);
  }

  /** The verb's options. */
  Options options() {
    return new Options();
  }

  /** The verb's options and those that every verb takes. */
  final Options allOptions() {
    return options().addOption(null, DEBUG, false, "show what the daemon does for this call");
  }

  /** Whether the arguments ask for the verb's help text. */
  boolean asksForHelp(List<String> args) {
    int end = args.indexOf("--");
    List<String> ours = end < 0 ? args : args.subList(0, end);
    return ours.contains("--help") || ours.contains("-h");
  }

  /**
   * Parses and checks the arguments.
   *
   * @throws JvaultException with {@link ExitCode#USAGE} if they are wrong
   */
  Arguments read(List<String> args) {
    var arguments = Arguments.read(this, args);
    checkNames(arguments.names());
    check(arguments);
    return arguments;
  }

  /** Refuses options that contradict each other. */
  void check(Arguments arguments) {}

  /**
   * Does the work and returns the exit status. By default the daemon does it, and is started if
   * none runs.
   */
  int run(Arguments arguments, Client client) throws IOException {
    return client.callAndPrint(help.name(), arguments.form());
  }

  final JvaultException usage(String sentence) {
    return new JvaultException(
        ExitCode.USAGE, sentence + " (see `jvault help " + help.name() + "`)");
  }

  final void refuseNoName(List<String> given) {
    if (given.contains("")) {
      throw usage("The profile's name is empty; give its name in the config file.");
    }
    if (!given.stream().allMatch(PrintableText::isPrintable)) {
      throw usage("The profile's name has an unprintable character; leave it out.");
    }
  }

  final void checkNames(List<String> given) {
    refuseNoName(given);
    int count = given.size();
    if (count == 0 && (names == Names.ONE || names == Names.ONE_OR_MORE)) {
      throw nameMissing();
    }
    int most =
        switch (names) {
          case NONE -> 0;
          case AT_MOST_ONE, ONE, ONE_OR_FOUND -> 1;
          case ONE_OR_MORE, ANY -> Integer.MAX_VALUE;
        };
    if (count > most) {
      throw usage("`" + given.get(most) + "` is one word too many for jvault " + help.name() + ".");
    }
  }

  /** Whether the verb needs a profile and the arguments have none, so that it is to be found. */
  boolean findsName(Arguments arguments) {
    return names == Names.ONE_OR_FOUND && arguments.names().isEmpty();
  }

  /** The failure if the command line has no profile, and no other place names one. */
  final JvaultException nameMissing() {
    String synopsis = help.synopsis().replace("[NAME]", "NAME");
    return usage("Say which profile: jvault " + help.name() + " " + synopsis + ".");
  }

  /** An option that takes a value. */
  static Option valued(String name, String value, String description) {
    return Option.builder().longOpt(name).hasArg().argName(value).desc(description).get();
  }

  /**
   * The first word of a verb that has jobs, such as {@code up} of {@code link-local}.
   *
   * @param known all jobs
   * @param shown the same as they follow the verb in a sentence
   */
  final String job(Arguments arguments, Collection<String> known, String shown) {
    List<String> names = arguments.names();
    String job = names.isEmpty() ? "" : names.get(0);
    if (!known.contains(job)) {
      throw usage(
          "%s: jvault %s %s."
              .formatted(
                  job.isEmpty() ? "Say what to do" : "`" + job + "` is none of its jobs",
                  help.name(),
                  shown));
    }
    return job;
  }

  /** Refuses words after the first ones, of which the first is the verb's job. */
  final void refuseMoreWords(List<String> words, int most) {
    if (words.size() > most) {
      throw usage(
          "`%s` is one word too many for jvault %s %s."
              .formatted(words.get(most), help.name(), words.get(0)));
    }
  }

  /** Refuses two options that contradict each other. */
  final void refuseBoth(Arguments arguments, String one, String other) {
    if (arguments.has(one) && arguments.has(other)) {
      throw usage("--" + one + " and --" + other + " contradict each other; give one of them.");
    }
  }
}
