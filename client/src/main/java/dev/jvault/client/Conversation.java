package dev.jvault.client;

import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.util.Arrays;

/** One verb from the request to the final answer, with the questions in between. */
final class Conversation {
  private final ControlClient control;
  private final QuestionResponder answers;

  Conversation(ControlClient control, QuestionResponder answers) {
    this.control = control;
    this.answers = answers;
  }

  /**
   * Sends the verb, and answers until no question is left. If an answer cannot be had, or a signal
   * ends this process while it waits for one, the daemon is told.
   */
  Response hold(String verb, Form form) throws NoDaemonException {
    Response response = control.verb(verb, form);
    while (response.status() == 202) {
      String id = response.header(Routes.CONVERSATION);
      byte[] reply = reply(id, response);
      response = control.reply(id, reply);
      Arrays.fill(reply, (byte) 0);
    }
    return response;
  }

  private byte[] reply(String id, Response question) {
    var hangUp = new Thread(() -> giveUp(id), "conversation-end");
    Runtime.getRuntime().addShutdownHook(hangUp);
    try {
      return answers.to(question);
    } catch (JvaultException e) {
      giveUp(id);
      throw e;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hangUp);
      } catch (IllegalStateException _) {
        // The process is ending, and the hook runs.
      }
    }
  }

  private void giveUp(String id) {
    try {
      control.giveUp(id);
    } catch (NoDaemonException | JvaultException _) {
      // It knows already, or it does not matter any more.
    }
  }
}
