package dev.jvault.interaction;

import dev.jvault.command.HelperFailedException;
import dev.jvault.credential.Outcome;
import dev.jvault.credential.PersonNeed;
import dev.jvault.prompt.Driver;
import dev.jvault.prompt.PassphraseQuestion;
import dev.jvault.prompt.Question;
import dev.jvault.secret.Secret;
import dev.jvault.vault.UnlockResult;
import dev.jvault.vault.Vault;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the vault, and asks for its passphrase if that is what it takes. */
final class VaultOpener {
  private final Vault vault;
  private final PromptDispatcher prompts;

  VaultOpener(Vault vault, PromptDispatcher prompts) {
    this.vault = vault;
    this.prompts = prompts;
  }

  /** Whether the vault is open already. */
  boolean isOpen() {
    return vault.unlocked();
  }

  /** What a caller waits for while another one, which is named, opens the vault. */
  String awaited(String other) {
    return vault.needsPassphrase()
        ? new PersonNeed.Passphrase().what() + ", which " + other + " asks for"
        : "the vault, which " + other + " opens";
  }

  /**
   * Opens the vault for a caller who holds the lock of the passphrase.
   *
   * @param explicit whether the caller asks for just this and may reopen a vault that `jvault lock`
   *     has locked
   */
  boolean open(NeedLock lock, Requester requester, boolean explicit) {
    if (vault.lockedByUser()) {
      // A passphrase in the variables of a program is there without the user.
      if (!explicit && !requester.atTerminal()) {
        return false;
      }
      vault.endUserLock();
    }
    return vault.unlock(Optional.empty(), requester.helper()) == UnlockResult.OPEN
        || ask(lock, requester);
  }

  /** Attempts again once the vault is open. */
  Outcome attempt(NeedLock lock, Requester requester, Supplier<Outcome> attempt) {
    if (vault.lockedByUser()) {
      return new Outcome.NeedsPerson(new PersonNeed.Unlocking());
    }
    return vault.unlocked() || ask(lock, requester)
        ? attempt.get()
        : new Outcome.NeedsPerson(new PersonNeed.Passphrase());
  }

  /**
   * The same if the keyring is locked: the desktop asks for its password in a window of its own.
   */
  Outcome attemptWithKeyring(NeedLock lock, Requester requester, Supplier<Outcome> attempt) {
    if (vault.lockedByUser()) {
      return new Outcome.NeedsPerson(new PersonNeed.Unlocking());
    }
    if (!vault.unlocked()
        && !prompts.whileAsked(
            lock,
            requester,
            () -> vault.unlock(Optional.empty(), requester.helper()) == UnlockResult.OPEN)) {
      return new Outcome.NeedsPerson(lock.need());
    }
    lock.meet();
    return attempt.get();
  }

  private boolean ask(NeedLock lock, Requester requester) {
    if (!prompts.mayBegin(Question.Kind.PASSPHRASE, lock, requester)) {
      return false;
    }
    Driver.Kind kind =
        prompts
            .driver(Question.Kind.PASSPHRASE, requester)
            .map(Driver::kind)
            .orElse(Driver.Kind.TERMINAL);
    return switch (PassphraseQuestion.ask(
        Purpose.ofPassphrase(requester, kind),
        question -> answer(question, lock, requester),
        passphrase ->
            vault.unlock(Optional.of(passphrase), requester.helper()) == UnlockResult.OPEN)) {
      case RIGHT -> {
        lock.meet();
        yield true;
      }
      case WRONG -> {
        prompts.refused(lock);
        yield false;
      }
      case UNANSWERED -> false;
    };
  }

  private Optional<Secret> answer(Question question, NeedLock lock, Requester requester) {
    Optional<Driver> driver = prompts.driver(Question.Kind.PASSPHRASE, requester);
    if (driver.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(prompts.answer(driver.get(), question, lock, requester));
    } catch (HelperFailedException _) {
      return Optional.empty();
    }
  }
}
