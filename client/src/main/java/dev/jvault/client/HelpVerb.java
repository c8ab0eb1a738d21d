package dev.jvault.client;

import java.io.IOException;
import java.util.List;

/** Prints the list of verbs, or the help text of one. */
final class HelpVerb extends Verb {
  HelpVerb() {
    super(
        Names.AT_MOST_ONE,
        new VerbHelp(
            "help",
            "list the verbs, or explain one",
            "[VERB]",
            List.of("jvault help", "jvault help exec")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    if (arguments.names().isEmpty()) {
      return client.print(HelpText.ofAll());
    }
    return client.print(HelpText.of(Verbs.named(arguments.names().get(0))));
  }
}
