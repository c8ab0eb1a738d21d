package dev.jvault.client;

import java.util.List;

/** Forgets sessions; keeps keys. */
final class ClearVerb extends Verb {
  ClearVerb() {
    super(
        Names.AT_MOST_ONE,
        new VerbHelp(
            "clear",
            "forget sessions, keep keys",
            "[NAME]",
            List.of("jvault clear", "jvault clear dev")));
  }
}
