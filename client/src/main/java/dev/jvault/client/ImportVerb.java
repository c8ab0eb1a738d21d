package dev.jvault.client;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Moves plaintext keys from the config files into the vault. */
final class ImportVerb extends Verb {
  ImportVerb() {
    super(
        Names.ONE_OR_MORE,
        new VerbHelp(
            "import",
            "move plaintext keys from the config files into the vault",
            "[--force] NAME… | --all",
            List.of("jvault import dev", "jvault import --all")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "all", false, "all profiles that have a plaintext key")
        .addOption(null, "any-id", false, "import IDs that are none of AWS's without asking")
        .addOption(null, "force", false, "replace another key in the vault; asks first");
  }

  @Override
  Arguments read(List<String> args) {
    var arguments = Arguments.read(this, args);
    if (arguments.has("all") != arguments.names().isEmpty()) {
      throw usage("Name the profiles, or give --all.");
    }
    refuseNoName(arguments.names());
    return arguments;
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    return client.callAndPrint("import", arguments.form());
  }
}
