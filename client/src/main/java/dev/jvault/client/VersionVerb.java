package dev.jvault.client;

import java.io.IOException;
import java.util.List;

/** Prints the version of this program. */
final class VersionVerb extends Verb {
  VersionVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "version",
            "print the version of this program",
            "",
            List.of("jvault version", "jvault --version")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    return client.print("jvault " + client.invocation().program() + "\n");
  }
}
