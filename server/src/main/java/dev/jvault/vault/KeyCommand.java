package dev.jvault.vault;

import dev.jvault.command.HelperCommand;
import dev.jvault.command.HelperFailedException;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import java.time.Duration;
import java.util.Map;

/** The user's command that prints the vault's identity. */
final class KeyCommand {
  private static final String NO_IDENTITY =
      "printed no age identity; it must print the line AGE-SECRET-KEY-1… that age-keygen makes";

  private final String command;
  private final HelperCommand helper;

  KeyCommand(String command, Map<String, String> environment, Duration limit) {
    this.command = command;
    this.helper = new HelperCommand(command, environment, limit);
  }

  /** Runs the command and takes the identity from what it prints. */
  AgeIdentity identity() {
    String output;
    try {
      output = helper.output();
    } catch (HelperFailedException e) {
      boolean secret = e.clause().contains("AGE-SECRET-KEY");
      throw trouble(secret ? e.loggedClause() : e.clause(), e.loggedClause());
    }
    return AgeIdentity.parse(output).orElseThrow(() -> trouble(NO_IDENTITY, NO_IDENTITY));
  }

  private JvaultException trouble(String clause, String logged) {
    return JvaultException.withLogged(ExitCode.VAULT, sentence(clause), sentence(logged));
  }

  private String sentence(String clause) {
    return "The key command `%s` %s.".formatted(HelperCommand.printable(command), clause);
  }
}
