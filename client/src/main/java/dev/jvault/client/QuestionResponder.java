package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where answers to the daemon's questions come from: the vault's passphrase from the caller's
 * variables, once for each verb, what a profile with {@code credential_source = Environment} starts
 * at from there too, and everything else from the person. A second question for a passphrase means
 * that the first one was wrong.
 */
final class QuestionResponder {
  private final Invocation invocation;
  private final Prompter prompter;
  private final PrintStream error;
  private boolean passphraseGiven;

  /**
   * Answers for one verb.
   *
   * @param error where lines go that want no answer
   */
  QuestionResponder(Invocation invocation, Prompter prompter, PrintStream error) {
    this.invocation = invocation;
    this.prompter = prompter;
    this.error = error;
  }

  /** The answer to a question of the daemon; nothing to a line that is only to be read. */
  byte[] to(Response question) {
    if (question.header(Routes.QUESTION).equals("notice")) {
      error.println("jvault: " + question.text());
      return new byte[0];
    }
    if (question.header(Routes.QUESTION).equals("environment")) {
      return invocation.key();
    }
    boolean passphrase = question.header(Routes.QUESTION).equals("passphrase");
    if (passphrase && invocation.hasPassphrase() && !passphraseGiven) {
      passphraseGiven = true;
      return passphrase();
    }
    if (passphrase && passphraseGiven && !prompter.canAsk()) {
      throw new JvaultException(
          ExitCode.VAULT,
          "The passphrase in "
              + (invocation.variable("JVAULT_PASSPHRASE").isEmpty()
                  ? "the file of JVAULT_PASSPHRASE_FILE"
                  : "JVAULT_PASSPHRASE")
              + " does not open the vault; correct it, then try again.");
    }
    return prompter.ask(question.text(), question.header(Routes.ECHO).equals("on"));
  }

  private byte[] passphrase() {
    String given = invocation.variable("JVAULT_PASSPHRASE");
    return given.isEmpty() ? firstLine() : given.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] firstLine() {
    String file = invocation.variable("JVAULT_PASSPHRASE_FILE");
    try {
      byte[] content = Files.readAllBytes(Path.of(file));
      int end = 0;
      while (end < content.length && content[end] != '\n' && content[end] != '\r') {
        end++;
      }
      return Arrays.copyOf(content, end);
    } catch (IOException e) {
      throw new JvaultException(
          ExitCode.VAULT,
          "The file " + file + " of JVAULT_PASSPHRASE_FILE cannot be read; correct its path.",
          e);
    }
  }
}
