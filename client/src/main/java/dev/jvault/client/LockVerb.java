package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Options;

/** Forgets sessions and locks the vault until the user unlocks it. */
final class LockVerb extends Verb {
  LockVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "lock",
            "forget sessions and lock the vault until you unlock it",
            "[--all]",
            List.of("jvault lock", "jvault lock --all")));
  }

  @Override
  Options options() {
    return new Options().addOption(null, "all", false, "delete the stored sessions too");
  }
}
