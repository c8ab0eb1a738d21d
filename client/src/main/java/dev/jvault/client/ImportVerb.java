package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Moves keys that stand in plain text in the config files into the vault. */
final class ImportVerb extends Verb {
  ImportVerb() {
    super(
        Names.ONE_OR_MORE,
        new VerbHelp(
            "import",
            "move keys in plain text from the config files into the vault",
            "[--force] NAME… | --all",
            List.of("jvault import dev", "jvault import --all")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "all", false, "each profile that has a key in plain text")
        .addOption(null, "force", false, "replace another key in the vault, once you confirm it");
  }

  @Override
  Arguments read(List<String> args) {
    var arguments = Arguments.read(this, args);
    if (arguments.has("all") != arguments.names().isEmpty()) {
      throw usage("Say which profiles by their names, or --all.");
    }
    refuseNoName(arguments.names());
    return arguments;
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    return client.callAndPrint("import", arguments.form());
  }
}
