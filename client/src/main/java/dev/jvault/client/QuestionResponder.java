package dev.jvault.client;

import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.Routes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers the daemon's questions during one verb. The vault's passphrase comes from the caller's
 * variables if they have it, and so do the credentials of a profile with {@code credential_source =
 * Environment}. The user answers everything else, and a second question for the passphrase, because
 * that means that the variable's was wrong.
 */
final class QuestionResponder {
  private final Invocation invocation;
  private final Prompter prompter;
  private final PrintStream error;
  private boolean passphraseGiven;

  /**
   * Answers the questions of one verb.
   *
   * @param error receives notices, which need no answer
   */
  QuestionResponder(Invocation invocation, Prompter prompter, PrintStream error) {
    this.invocation = invocation;
    this.prompter = prompter;
    this.error = error;
  }

  /**
   * Answers a question of the daemon; a notice gets an empty answer.
   *
   * @param withdrawn completes when the question needs no answer any more; called only if the user
   *     is asked
   * @return empty if the question was withdrawn
   */
  Optional<byte[]> answer(Response question, Supplier<CompletableFuture<Void>> withdrawn) {
    String kind = question.header(Routes.QUESTION);
    if (kind.equals("debug")) {
      error.println("jvault: debug: " + PrintableText.lines(question.text()));
      return Optional.of(new byte[0]);
    }
    if (kind.equals("notice") || kind.equals("waiting")) {
      error.println("jvault: " + PrintableText.lines(question.text()));
      return Optional.of(new byte[0]);
    }
    if (kind.equals("environment")) {
      return Optional.of(invocation.awsCredentials());
    }
    if (kind.equals("reading")) {
      return Optional.of(new EndpointRequest(invocation.program()).report(question.text()));
    }
    boolean passphrase = kind.equals("passphrase");
    if (passphrase && invocation.hasPassphrase() && !passphraseGiven) {
      passphraseGiven = true;
      return Optional.of(passphrase());
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
    return prompter.ask(
        PrintableText.lines(question.text()),
        question.header(Routes.ECHO).equals("on"),
        withdrawn.get());
  }

  /** Hides what the user types if the daemon asks elsewhere until the next response. */
  Prompter.Hidden hidden(Response question) {
    return question.header(Routes.QUESTION).equals("waiting")
        ? prompter.hide()
        : Prompter.Hidden.NOTHING;
  }

  private byte[] passphrase() {
    String given = invocation.variable("JVAULT_PASSPHRASE");
    return given.isEmpty()
        ? new PassphraseFile(invocation.variable("JVAULT_PASSPHRASE_FILE"), PassphraseFile.LIMIT)
            .firstLine()
        : given.getBytes(StandardCharsets.UTF_8);
  }
}
