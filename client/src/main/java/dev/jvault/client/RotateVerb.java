package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Options;

/** Replaces a stored key by a new one of the same user. */
final class RotateVerb extends Verb {
  RotateVerb() {
    super(
        Names.AT_MOST_ONE,
        new VerbHelp(
            "rotate",
            "replace a stored key by a new one, and delete the old one",
            "[--dry-run] NAME | --all",
            List.of("jvault rotate dev", "jvault rotate --all --dry-run")));
  }

  @Override
  Options options() {
    return new Options()
        .addOption(null, "all", false, "rotate all keys in the vault")
        .addOption(null, "dry-run", false, "say what would be done, and change nothing")
        .addOption(valued("mfa-token", "CODE", "the MFA code, if IAM asks for one"));
  }

  @Override
  void check(Arguments arguments) {
    boolean named = !arguments.names().isEmpty();
    if (named == arguments.has("all")) {
      throw usage("Say which key: jvault rotate NAME, or jvault rotate --all.");
    }
  }
}
