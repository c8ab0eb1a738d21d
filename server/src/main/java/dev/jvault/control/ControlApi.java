package dev.jvault.control;

import dev.jvault.http.HttpResponse;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.ProtocolVersion;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The control API: verbs as conversations, over {@link Routes}. */
public final class ControlApi {
  private final Verbs verbs;
  private final Map<String, Conversation> open = new ConcurrentHashMap<>();

  /** An API with these verbs. */
  public ControlApi(Verbs verbs) {
    this.verbs = verbs;
  }

  /** The routes, for the control socket only. */
  public List<Route> routes() {
    return List.of(
        new Route("POST", Routes.VERBS, this::begin),
        new Route("POST", Routes.CONVERSATIONS, this::goOn),
        new Route("DELETE", Routes.CONVERSATIONS, this::giveUp));
  }

  private HttpResponse begin(Request request) {
    String name = request.tail();
    // Read in any case: a client that still writes would find the connection broken, not an answer.
    Map<String, String> form = request.form();
    Optional<Verb> verb = verbs.find(name);
    if (!speaksThis(request) && !name.equals("stop")) {
      return signed(
          HttpResponse.text(
              426,
              "The running jvault daemon ("
                  + ProgramVersion.CURRENT
                  + ") and this command ("
                  + request.header(Routes.PROGRAM).orElse("of an unknown version")
                  + ") do not understand each other; run `jvault stop` and try again."));
    }
    if (verb.isEmpty()) {
      return signed(HttpResponse.text(404, "The daemon knows no verb " + name + "."));
    }
    var conversation =
        new Conversation(UUID.randomUUID().toString(), verb.get(), form, ControlApi::clientAlive);
    open.put(conversation.id(), conversation);
    Thread.ofVirtual().name("verb-" + name).start(() -> run(conversation));
    return answer(conversation);
  }

  /** The client of a process that has died does not come back for the reply. */
  private void run(Conversation conversation) {
    conversation.run();
    if (!clientAlive(conversation)) {
      open.remove(conversation.id());
    }
  }

  private HttpResponse goOn(Request request) {
    // Read in any case, as above.
    Secret answer = Secret.of(request.body());
    Conversation conversation = open.get(request.tail());
    if (conversation == null) {
      return signed(HttpResponse.text(404, "That question is no longer open."));
    }
    conversation.answer(Optional.of(answer));
    return answer(conversation);
  }

  private HttpResponse giveUp(Request request) {
    Conversation conversation = open.remove(request.tail());
    if (conversation != null) {
      conversation.answer(Optional.empty());
    }
    return signed(HttpResponse.text(200, "")).with(Routes.EXIT, "0");
  }

  private HttpResponse answer(Conversation conversation) {
    try {
      return switch (conversation.next()) {
        case Conversation.Event.Asked(Question question) ->
            signed(HttpResponse.text(202, question.text()))
                .with(Routes.CONVERSATION, conversation.id())
                .with(Routes.QUESTION, question.kind().name().toLowerCase(Locale.ROOT))
                .with(Routes.ECHO, question.echo() ? "on" : "off");
        case Conversation.Event.Ended(Reply reply) -> {
          open.remove(conversation.id());
          yield signed(HttpResponse.text(200, reply.out()))
              .with(Routes.EXIT, Integer.toString(reply.exit().status()))
              .with(Routes.MESSAGE, URLEncoder.encode(reply.message(), StandardCharsets.UTF_8));
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return signed(HttpResponse.text(503, "jvault is stopping."));
    }
  }

  private static HttpResponse signed(HttpResponse answer) {
    return answer
        .with(Routes.PROTOCOL, Integer.toString(ProtocolVersion.CURRENT))
        .with(Routes.PROGRAM, ProgramVersion.CURRENT)
        .with("Connection", "close");
  }

  private static boolean speaksThis(Request request) {
    return request
        .header(Routes.PROTOCOL)
        .equals(Optional.of(Integer.toString(ProtocolVersion.CURRENT)));
  }

  /** A client that was killed leaves no word; its process is gone. */
  private static boolean clientAlive(Conversation conversation) {
    return conversation.call().callerAlive();
  }
}
