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
 * Makes the vault at first use. Where its key is kept is an explicit choice: a key command or a
 * passphrase if the caller has set one, else the OS keyring, else the person is asked.
 */
final class VaultCreator {
  private final Vault vault;

  VaultCreator(Vault vault) {
    this.vault = vault;
  }

  /** Makes it and says how. */
  String create(Call call) {
    Optional<String> command = call.environment().get("JVAULT_KEY_COMMAND");
    if (command.isPresent()) {
      make(call, KeySource.COMMAND, Optional.empty(), command);
      return "Made a new vault; JVAULT_KEY_COMMAND prints its key.";
    }
    if (call.flag(Routes.CALLER_PASSPHRASE)) {
      Optional<Secret> passphrase =
          call.person().ask(new Question(Question.Kind.PASSPHRASE, "New passphrase: "));
      make(call, KeySource.PASSPHRASE, passphrase, Optional.empty());
      return "Made a new vault; the given passphrase opens it.";
    }
    if (vault.keyringAvailable()) {
      make(call, KeySource.KEYRING, Optional.empty(), Optional.empty());
      KeychainNameWarning.warn(vault, call);
      return "Made a new vault; its key is in the OS keyring.";
    }
    make(call, KeySource.PASSPHRASE, Optional.of(askTwice(call)), Optional.empty());
    return "Made a new vault; your passphrase opens it.";
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
          "No OS keyring answers here and nothing weaker is used without your word: unlock the"
              + " keyring, or set JVAULT_PASSPHRASE_FILE or JVAULT_KEY_COMMAND; nothing was"
              + " stored.");
    }
    Secret first = ask(call, "New passphrase: ");
    if (first.reveal().isEmpty()) {
      throw new JvaultException(
          ExitCode.VAULT, "An empty passphrase protects nothing; nothing was stored.");
    }
    if (!ask(call, "The same again: ").equals(first)) {
      throw new JvaultException(ExitCode.VAULT, "The two passphrases differ; nothing was stored.");
    }
    return first;
  }

  private static Secret ask(Call call, String text) {
    return call.person()
        .ask(new Question(Question.Kind.SECRET, text))
        .orElseThrow(
            () -> new JvaultException(ExitCode.PERSON, "No passphrase; nothing was stored."));
  }
}
