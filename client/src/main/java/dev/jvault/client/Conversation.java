package dev.jvault.client;

import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import java.util.Arrays;

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
      byte[] answer = answer(id, response);
      response = control.answer(id, answer);
      Arrays.fill(answer, (byte) 0);
    }
    return response;
  }

  private byte[] answer(String id, Response question) {
    var hangUp = new Thread(() -> giveUp(id), "conversation-end");
    Runtime.getRuntime().addShutdownHook(hangUp);
    try {
      return responder.answer(question);
    } catch (JvaultException e) {
      giveUp(id);
      throw e;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hangUp);
      } catch (IllegalStateException _) {
        // This process is already ending, so the hook does it.
      }
    }
  }

  private void giveUp(String id) {
    try {
      control.giveUp(id);
    } catch (NoDaemonException | JvaultException _) {
      // The daemon knows already, or is gone.
    }
  }
}
