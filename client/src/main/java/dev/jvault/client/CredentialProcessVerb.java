package dev.jvault.client;

import java.util.List;

/** Prints credentials in the format of the setting {@code credential_process}. */
final class CredentialProcessVerb extends Verb {
  CredentialProcessVerb() {
    super(
        Names.ONE_OR_FOUND,
        new VerbHelp(
            "credential-process",
            "print credentials for the setting credential_process",
            "[NAME]",
            List.of(
                "jvault credential-process dev",
                "credential_process = /usr/local/bin/jvault credential-process dev")));
  }
}
