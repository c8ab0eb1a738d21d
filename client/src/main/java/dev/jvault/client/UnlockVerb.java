package dev.jvault.client;

import java.util.List;

/** Gets the sessions of profiles ready, and asks for what they need. */
final class UnlockVerb extends Verb {
  UnlockVerb() {
    super(
        Names.ONE_OR_MORE,
        new Manual(
            "unlock",
            "answer what profiles ask for (MFA code, passphrase), now",
            "NAME…",
            List.of("jvault unlock dev", "jvault unlock dev staging production")));
  }
}
