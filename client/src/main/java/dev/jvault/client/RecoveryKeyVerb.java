package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.io.IOException;
import java.util.List;

/** Shows the key of the vault, with which the age program opens it without jvault. */
final class RecoveryKeyVerb extends Verb {
  RecoveryKeyVerb() {
    super(
        Names.NONE,
        new VerbHelp(
            "recovery-key",
            "show the vault's own key once, to keep in a safe place",
            "",
            List.of(
                "jvault recovery-key", "age -d -i recovery.key ~/.local/share/jvault/keys.age")));
  }

  @Override
  int run(Arguments arguments, Client client) throws IOException {
    if (!client.invocation().outputIsTerminal()) {
      throw new JvaultException(
          ExitCode.PERSON,
          "The recovery key opens everything, so it is shown on a terminal only; run `jvault"
              + " recovery-key` without a pipe or a file behind it.");
    }
    return client.callAndPrint("recovery-key", arguments.form());
  }
}
