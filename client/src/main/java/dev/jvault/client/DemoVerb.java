package dev.jvault.client;

import java.io.IOException;
import java.util.List;

/** Demonstrates jvault in a temporary home, without an AWS account. */
final class DemoVerb extends Verb {
  DemoVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "demo",
            "show what jvault does, without an AWS account",
            "",
            List.of("jvault demo", "jvault demo | tee demo.txt")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    return new DaemonLauncher(client.invocation()).demonstrate();
  }
}
