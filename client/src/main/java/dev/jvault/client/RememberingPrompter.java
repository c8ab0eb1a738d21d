package dev.jvault.client;

import java.util.Arrays;

/**
 * A person who is asked for a passphrase once, though two daemons want to hear it: what was typed
 * last is given again, one time.
 */
final class RememberingPrompter implements Prompter, AutoCloseable {
  private final Prompter prompter;
  private byte[] typed = new byte[0];
  private boolean again;

  RememberingPrompter(Prompter prompter) {
    this.prompter = prompter;
  }

  /** From now on, the next hidden question is answered with what was typed last, if anything. */
  void repeat() {
    again = typed.length > 0;
  }

  @Override
  public boolean canAsk() {
    return again || prompter.canAsk();
  }

  @Override
  public byte[] ask(String question, boolean echo) {
    if (again && !echo) {
      again = false;
      return typed.clone();
    }
    byte[] answer = prompter.ask(question, echo);
    if (!echo) {
      close();
      typed = answer.clone();
    }
    return answer;
  }

  @Override
  public int columns() {
    return prompter.columns();
  }

  /** Overwrites what was typed. */
  @Override
  public void close() {
    Arrays.fill(typed, (byte) 0);
  }
}
