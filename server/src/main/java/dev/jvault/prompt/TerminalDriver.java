package dev.jvault.prompt;

import dev.jvault.command.HelperFailedException;
import dev.jvault.secret.Secret;
import java.util.Map;

/** The terminal of the caller, through the control socket. */
final class TerminalDriver implements Driver {
  static final String NAME = "terminal";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Kind kind() {
    return Kind.TERMINAL;
  }

  @Override
  public Secret answer(Question question, Person person, Map<String, String> helper)
      throws HelperFailedException {
    return person
        .ask(question)
        .orElseThrow(() -> new HelperFailedException("was left without an answer"));
  }
}
