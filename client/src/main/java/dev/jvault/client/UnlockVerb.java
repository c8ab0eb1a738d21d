package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Options;

/** Opens the vault, loads the sessions of profiles, and asks the user for what they need. */
final class UnlockVerb extends Verb {
  UnlockVerb() {
    super(
        Names.ANY,
        new VerbHelp(
            "unlock",
            "open the vault, and answer now what profiles need (MFA code, passphrase)",
            "[NAME…]",
            List.of("jvault unlock", "jvault unlock dev staging production")));
  }

  @Override
  Options options() {
    return new Options().addOption(DeliveryOptions.prompt());
  }
}
