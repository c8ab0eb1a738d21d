package dev.jvault.client;

import dev.jvault.protocol.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The parsed arguments of a verb: options with their values, and profile names. */
final class Arguments {
  private final CommandLine line;
  private final List<String> names;
  private final int consumed;

  /** The values that replace those of the command line; empty for an option to leave out. */
  private final Map<String, Optional<String>> replaced;

  private final List<String> notes;

  private Arguments(
      CommandLine line,
      List<String> names,
      int consumed,
      Map<String, Optional<String>> replaced,
      List<String> notes) {
    this.line = line;
    this.notes = List.copyOf(notes);
    this.names = names;
    this.consumed = consumed;
    this.replaced = Map.copyOf(replaced);
  }

  /** Parses arguments that all belong to the verb; options may stand anywhere before {@code --}. */
  static Arguments read(Verb verb, List<String> args) {
    OwnWords own = OwnWords.of(verb, args);
    CommandLine line = parse(verb, own.words());
    return new Arguments(line, line.getArgList(), args.size(), Map.of(), own.notes());
  }

  /**
   * Parses options that are already separated from the names.
   *
   * @param consumed how many arguments belong to jvault; the command follows them
   */
  static Arguments read(Verb verb, List<String> optionWords, List<String> names, int consumed) {
    OwnWords own = OwnWords.of(verb, optionWords);
    CommandLine line = parse(verb, own.words());
    return new Arguments(line, List.copyOf(names), consumed, Map.of(), own.notes());
  }

  List<String> names() {
    return names;
  }

  /** How many arguments belong to jvault, the verb included; the command follows them. */
  int consumed() {
    return consumed;
  }

  /**
   * What the user must know about options of other tools that have no effect here, in sentences.
   */
  List<String> notes() {
    return notes;
  }

  /** Whether an option was given. */
  boolean has(String option) {
    return line.hasOption(option);
  }

  /** The value of an option, or an empty string. */
  String value(String option) {
    String value = line.getOptionValue(option);
    return value == null ? "" : value;
  }

  /** All values of a repeatable option. */
  List<String> values(String option) {
    String[] values = line.getOptionValues(option);
    return values == null ? List.of() : List.of(values);
  }

  /** The same arguments, whose form has another value of an option, or leaves the option out. */
  Arguments withValue(String option, Optional<String> value) {
    return new Arguments(line, names, consumed, Map.of(option, value), notes);
  }

  /** The same arguments with the name of a profile. */
  Arguments withName(String name) {
    return new Arguments(line, List.of(name), consumed, replaced, notes);
  }

  /** A request's form: each option under its long name, each profile name as {@code profile}. */
  Form form() {
    var form = new Form();
    for (String name : names) {
      form.add("profile", name);
    }
    for (Option option : line.getOptions()) {
      String name = option.getLongOpt();
      if (name.equals(Verb.DEBUG)) {
        continue;
      }
      Optional<String> given = Optional.of(Objects.requireNonNullElse(option.getValue(), "true"));
      replaced.getOrDefault(name, given).ifPresent(value -> form.add(name, value));
    }
    return form;
  }

  private static CommandLine parse(Verb verb, List<String> args) {
    return parse(verb, OwnWords.options(verb), args);
  }

  /** Parses words with these options, whose nearest names only the verb's own are. */
  static CommandLine parse(Verb verb, Options options, List<String> args) {
    try {
      return new DefaultParser(false).parse(options, args.toArray(new String[0]));
    } catch (UnrecognizedOptionException e) {
      String given = e.getOption();
      Optional<String> nearest =
          NearestNames.to(given, longNames(verb.allOptions())).stream().findFirst();
      throw verb.usage(
          "jvault "
              + verb.help().name()
              + " has no option "
              + given
              + nearest.map(name -> "; did you mean " + name + "?").orElse("."));
    } catch (MissingArgumentException e) {
      throw verb.usage("--" + e.getOption().getLongOpt() + " needs a value after it.");
    } catch (ParseException e) {
      throw verb.usage(e.getMessage() + ".");
    }
  }

  private static List<String> longNames(Options options) {
    var names = new ArrayList<String>();
    for (Option option : options.getOptions()) {
      names.add("--" + option.getLongOpt());
    }
    return names;
  }
}
