package dev.jvault.client;

import java.util.List;

/**
 * The help of one verb.
 *
 * @param name the verb on the command line
 * @param summary one line for the list of verbs, in lower case
 * @param synopsis the arguments, as in {@code [options] NAME}
 * @param examples at least two real command lines
 */
record VerbHelp(String name, String summary, String synopsis, List<String> examples) {
  VerbHelp {
    examples = List.copyOf(examples);
  }
}
