package dev.jvault.client;

import java.util.List;
import org.apache.commons.cli.Options;

/** Opens the vault, gets the sessions of profiles ready, and asks for what they need. */
final class UnlockVerb extends Verb {
  UnlockVerb() {
    super(
        Names.ANY,
        new VerbHelp(
            "unlock",
            "open the vault, and answer now what profiles ask for (MFA code, passphrase)",
            "[NAME…]",
            List.of("jvault unlock", "jvault unlock dev staging production")));
  }

  @Override
  Options options() {
    return new Options().addOption(DeliveryOptions.prompt());
  }
}
