package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Makes IDEs, shells and desktop programs find their credentials. */
final class SetupVerb extends Verb {
  SetupVerb() {
    super(
        Names.ANY,
        new VerbHelp(
            "setup",
            "make IDEs, shells and desktop programs find their credentials",
            "[--list | --dry-run | --undo] [TARGET [NAME]]…",
            List.of(
                "jvault setup --list",
                "jvault setup profile dev vscode",
                "jvault setup --dry-run shell",
                "jvault setup --undo profile dev")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "list", false, "show the targets and what is set up")
        .addOption(null, "dry-run", false, "show each line that would change, and change none")
        .addOption(null, "undo", false, "take out what setup has written")
        .addOption(null, "yes", false, "do not ask");
  }

  @Override
  void check(Arguments arguments) {
    refuseBoth(arguments, "list", "undo");
    refuseBoth(arguments, "list", "dry-run");
    if (arguments.has("list") && !arguments.names().isEmpty()) {
      throw usage("--list takes no target; leave it out.");
    }
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    var form = new Form();
    arguments.names().forEach(word -> form.add("word", word));
    for (String option : List.of("list", "dry-run", "undo", "yes")) {
      form.add(option, Boolean.toString(arguments.has(option)));
    }
    return client.callAndPrint("setup", client.fitted(form));
  }
}
