package dev.jvault.control;

import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.Secret;
import dev.jvault.vault.KeySource;
import dev.jvault.vault.Vault;
import java.util.Optional;

/**
 * Creates the vault at first use. Its key goes where the caller explicitly chooses: to a key
 * command or a passphrase if one is set, else to the OS keyring, else the user is asked.
 */
final class VaultSetup {
  private final Vault vault;

  VaultSetup(Vault vault) {
    this.vault = vault;
  }

  /**
   * Creates the vault.
   *
   * @return how, for the user
   * @throws JvaultException if the user does not agree to a passphrase, or gives none
   */
  String create(Call call) {
    Optional<String> command = call.environment().get("JVAULT_KEY_COMMAND");
    if (command.isPresent()) {
      make(call, KeySource.COMMAND, Optional.empty(), command);
      return "Created a new vault; JVAULT_KEY_COMMAND prints its key.";
    }
    if (call.flag(Routes.CALLER_PASSPHRASE)) {
      Optional<Secret> passphrase =
          call.person().ask(new Question(Question.Kind.PASSPHRASE, "New passphrase: "));
      make(call, KeySource.PASSPHRASE, passphrase, Optional.empty());
      return "Created a new vault; the given passphrase opens it.";
    }
    if (vault.keyringAvailable()) {
      make(call, KeySource.KEYRING, Optional.empty(), Optional.empty());
      KeychainNameWarning.warn(vault, call);
      return "Created a new vault; its key is in the OS keyring.";
    }
    make(call, KeySource.PASSPHRASE, Optional.of(askTwice(call)), Optional.empty());
    return "Created a new vault; your passphrase opens it.";
  }

  private void make(
      Call call, KeySource source, Optional<Secret> passphrase, Optional<String> command) {
    vault.create(source, passphrase, command, call.environment().helper());
  }

  private static Secret askTwice(Call call) {
    if (!Confirmation.given(
        call, "No OS keyring answers here. Protect the vault with a passphrase?")) {
      throw new JvaultException(
          ExitCode.VAULT,
          "No OS keyring answers here, and jvault uses nothing weaker without your consent: unlock the"
              + " keyring, or set JVAULT_PASSPHRASE_FILE or JVAULT_KEY_COMMAND; nothing was"
              + " stored.");
    }
    Secret first = ask(call, "New passphrase: ");
    if (first.reveal().isEmpty()) {
      throw new JvaultException(
          ExitCode.VAULT, "An empty passphrase protects nothing; nothing was stored.");
    }
    if (!ask(call, "Repeat the passphrase: ").equals(first)) {
      throw new JvaultException(ExitCode.VAULT, "The two passphrases differ; nothing was stored.");
    }
    return first;
  }

  private static Secret ask(Call call, String text) {
    return call.person()
        .ask(new Question(Question.Kind.SECRET, text))
        .orElseThrow(() ->
            new JvaultException(
                ExitCode.PERSON,
                "No passphrase was given, so nothing was stored; run the command again."));
  }
}
