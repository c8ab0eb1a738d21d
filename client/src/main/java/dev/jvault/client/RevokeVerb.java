package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Revokes grants by their ids. */
final class RevokeVerb extends Verb {
  RevokeVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "revoke",
            "end grants, so that their holders get no more credentials",
            "[--all [--force]] [ID…]",
            List.of("jvault revoke dev-terminal", "jvault revoke --all")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "all", false, "all grants")
        .addOption(null, "force", false, "do not ask first");
  }

  /** Reads ids of grants instead of names of profiles. */
  @Override
  Arguments read(List<String> args) {
    var arguments = Arguments.read(this, args);
    if (arguments.has("all") != arguments.names().isEmpty()) {
      throw usage("Name the grants by their ids, or give --all; `jvault grants` shows them.");
    }
    if (!arguments.names().stream().allMatch(id -> id.matches("[A-Za-z0-9_-]{1,200}"))) {
      throw usage("A grant's id has letters, digits, - and _ only; `jvault grants` shows them.");
    }
    return arguments;
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    var form = new Form();
    arguments.names().forEach(id -> form.add("grant", id));
    for (String option : List.of("all", "force")) {
      if (arguments.has(option)) {
        form.add(option, "true");
      }
    }
    return client.callAndPrint("revoke", form);
  }
}
