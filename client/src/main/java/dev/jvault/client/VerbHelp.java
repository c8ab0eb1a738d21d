package dev.jvault.client;

import java.util.List;

/**
 * What a verb says about itself.
 *
 * @param name the word on the command line
 * @param summary one line for the list of verbs, beginning with a small letter
 * @param synopsis the words after the name, as in {@code [options] NAME}
 * @param examples real command lines, at least two
 */
record VerbHelp(String name, String summary, String synopsis, List<String> examples) {
  VerbHelp {
    examples = List.copyOf(examples);
  }
}
