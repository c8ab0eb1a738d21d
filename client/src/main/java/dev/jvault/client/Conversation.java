package dev.jvault.client;

import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One call of a verb, from the request to the last response, with the questions in between. */
final class Conversation {
  private final ControlClient control;
  private final QuestionResponder responder;

  Conversation(ControlClient control, QuestionResponder responder) {
    this.control = control;
    this.responder = responder;
  }

  /**
   * Sends the verb and answers its questions until none is left. Tells the daemon if a question
   * gets no answer, or if a signal ends this process while it waits for one.
   */
  Response hold(String verb, Form form) throws NoDaemonException {
    Response response = control.verb(verb, form);
    while (response.status() == 202) {
      String id = response.header(Routes.CONVERSATION);
      String number = response.header(Routes.QUESTION_NUMBER);
      // The daemon drops the answer to a question that it has withdrawn.
      byte[] answer = answer(id, response).orElseGet(() -> new byte[0]);
      try (var _ = responder.hidden(response)) {
        response = control.answer(id, number, answer);
      }
      Arrays.fill(answer, (byte) 0);
    }
    return response;
  }

  private Optional<byte[]> answer(String id, Response question) {
    var hangUp = new Thread(() -> giveUp(id), "conversation-end");
    Runtime.getRuntime().addShutdownHook(hangUp);
    try {
      return responder.answer(question, () -> watch(id, question));
    } catch (JvaultException e) {
      if (e.errorCode() != ErrorCode.STOPPING) {
        giveUp(id);
      }
      throw e;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hangUp);
      } catch (IllegalStateException _) {
        // This process is already ending, so the hook does it.
      }
    }
  }

  /** Learns from the daemon, on a thread of its own, that a question needs no answer any more. */
  private CompletableFuture<Void> watch(String id, Response question) {
    var withdrawn = new CompletableFuture<Void>();
    String number = question.header(Routes.QUESTION_NUMBER);
    if (!number.isEmpty()) {
      Thread.ofPlatform().daemon().name("question-watch").start(() -> watch(id, number, withdrawn));
    }
    return withdrawn;
  }

  private void watch(String id, String number, CompletableFuture<Void> withdrawn) {
    try {
      if (control.withdrawn(id, number)) {
        withdrawn.complete(null);
      }
    } catch (JvaultException e) {
      withdrawn.completeExceptionally(e);
    } catch (NoDaemonException _) {
      withdrawn.completeExceptionally(stopped());
    }
  }

  private static JvaultException stopped() {
    return new JvaultException(
        ExitCode.DAEMON,
        ErrorCode.STOPPING,
        "jvault has stopped, so its question needs no answer; nothing was changed. Run the command"
            + " again.");
  }

  private void giveUp(String id) {
    try {
      control.giveUp(id);
    } catch (NoDaemonException | JvaultException _) {
      // The daemon knows already, or is gone.
    }
  }
}
