package dev.jvault.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * The arguments of {@code exec}, split without touching those of the user's command.
 *
 * @param options options and their values, from before and after the name
 * @param names the profile's name, if one is given
 * @param consumed how many arguments belong to jvault; the command follows them
 */
record ExecArguments(List<String> options, List<String> names, int consumed) {
  ExecArguments {
    options = List.copyOf(options);
    names = List.copyOf(names);
  }

  /** Splits the arguments. Options end at {@code --} or at the first word after the name. */
  static ExecArguments of(Options known, List<String> args) {
    var options = new ArrayList<String>();
    var names = new ArrayList<String>();
    int index = 0;
    while (index < args.size()) {
      String word = args.get(index);
      if (word.equals("--")) {
        index++;
        break;
      }
      if (word.length() > 1 && word.charAt(0) == '-') {
        options.add(word.equals("-h") ? "--help" : word);
        index++;
        if (index < args.size() && valueFollows(known, word)) {
          options.add(args.get(index));
          index++;
        }
      } else if (names.isEmpty()) {
        names.add(word);
        index++;
      } else {
        break;
      }
    }
    return new ExecArguments(options, names, index);
  }

  /** Whether the next argument is the value of this option. */
  private static boolean valueFollows(Options known, String word) {
    if (word.startsWith("--")) {
      Option option = known.getOption(word);
      return option != null && option.hasArg();
    }
    // In -nd, the value of d follows; in -d1h, the value is part of the same argument.
    for (int i = 1; i < word.length(); i++) {
      Option option = known.getOption(word.substring(i, i + 1));
      if (option == null) {
        return false;
      }
      if (option.hasArg()) {
        return i == word.length() - 1;
      }
    }
    return false;
  }
}
