package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.util.List;

/** Shows the vault's key, with which the program {@code age} opens the vault without jvault. */
final class RecoveryKeyVerb extends Verb {
  RecoveryKeyVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "recovery-key",
            "show the vault's own key, to keep in a safe place",
            "",
            List.of(
                "jvault recovery-key", "age -d -i recovery.key ~/.local/share/jvault/keys.age")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    if (!client.invocation().outputIsTerminal()) {
      throw new JvaultException(
          ExitCode.PERSON,
          "The recovery key opens everything, so jvault shows it on a terminal only; run `jvault"
              + " recovery-key` without a pipe or a redirect.");
    }
    return client.callAndPrint("recovery-key", arguments.form());
  }
}
