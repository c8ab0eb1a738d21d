package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Shows the grants: who may read which profile's credentials. */
final class GrantsVerb extends Verb {
  GrantsVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "grants",
            "show who may read which profile's credentials",
            "[--json]",
            List.of("jvault grants", "jvault grants --json")));
  }

  @Override
  Options options() {
    return new Options().addOption(null, "json", false, "as JSON");
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    return client.callAndPrint("grants", client.fitted(arguments.form()));
  }
}
