package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Options;

/** Removes a profile's key and sessions. */
final class RemoveVerb extends Verb {
  RemoveVerb() {
    super(
        Names.ONE,
        new VerbHelp(
            "remove",
            "remove a profile's key and sessions (also: rm)",
            "[--sessions-only] [--force] NAME",
            List.of("jvault remove dev", "jvault remove --sessions-only dev")));
  }

  @Override
  List<String> aliases() {
    return List.of("rm");
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "sessions-only", false, "keep the key")
        .addOption(null, "force", false, "do not ask first");
  }
}
