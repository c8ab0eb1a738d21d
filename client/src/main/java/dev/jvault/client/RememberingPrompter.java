package dev.jvault.client;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A prompter that can repeat the last hidden answer once. During a handover two daemons need the
 * passphrase, but the user types it only once.
 */
final class RememberingPrompter implements Prompter, AutoCloseable {
  private final Prompter prompter;
  private byte[] typed = new byte[0];
  private boolean again;

  RememberingPrompter(Prompter prompter) {
    this.prompter = prompter;
  }

  /** Answers the next hidden question with the last hidden answer, if there is one. */
  void repeat() {
    again = typed.length > 0;
  }

  @Override
  public boolean canAsk() {
    return again || prompter.canAsk();
  }

  @Override
  public Optional<byte[]> ask(String question, boolean echo, CompletableFuture<?> withdrawn) {
    if (again && !echo) {
      again = false;
      return Optional.of(typed.clone());
    }
    Optional<byte[]> answer = prompter.ask(question, echo, withdrawn);
    if (!echo && answer.isPresent()) {
      close();
      typed = answer.get().clone();
    }
    return answer;
  }

  @Override
  public Hidden hide() {
    return prompter.hide();
  }

  @Override
  public String name() {
    return prompter.name();
  }

  @Override
  public int columns() {
    return prompter.columns();
  }

  /** Overwrites the remembered answer. */
  @Override
  public void close() {
    Arrays.fill(typed, (byte) 0);
  }
}
