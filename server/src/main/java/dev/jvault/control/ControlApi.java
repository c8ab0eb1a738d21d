package dev.jvault.control;

import dev.jvault.http.HttpResponse;
import dev.jvault.http.Request;
import dev.jvault.http.Route;
import dev.jvault.profile.CallerEnvironment;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ErrorCode;
import dev.jvault.protocol.ProgramVersion;
import dev.jvault.protocol.ProtocolVersion;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The control API; {@link Routes} describes its requests and responses. Each call of a verb is a
 * {@link Conversation}, which lives until the client has the reply, gives up or dies.
 */
public final class ControlApi {
  private final Verbs verbs;
  private final long pid;
  private final Consumer<CallerEnvironment> afterwards;
  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

  /**
   * An API with these verbs.
   *
   * @param pid this daemon's process id, which every response carries
   * @param afterwards receives the caller's variables after each verb has run; the caller does not
   *     wait for it
   */
  public ControlApi(Verbs verbs, long pid, Consumer<CallerEnvironment> afterwards) {
    this.verbs = verbs;
    this.pid = pid;
    this.afterwards = afterwards;
  }

  /** Whether a client waits for a reply or for the user. */
  public boolean busy() {
    return !conversations.isEmpty();
  }

  /** The routes; they belong on the control socket only. */
  public List<Route> routes() {
    return List.of(
        Route.exact("GET", Routes.DAEMON, _ -> describe()),
        new Route("POST", Routes.VERBS, this::start),
        new Route("POST", Routes.CONVERSATIONS, this::resume),
        new Route("GET", Routes.CONVERSATIONS, this::awaitEnd),
        new Route("DELETE", Routes.CONVERSATIONS, this::giveUp));
  }

  /** Answers clients of every protocol version, so that they learn which one this daemon speaks. */
  private HttpResponse describe() {
    return signed(
        HttpResponse.text(
            200,
            "program=%s\nprotocol=%d\npid=%d\n"
                .formatted(ProgramVersion.CURRENT, ProtocolVersion.CURRENT, pid)));
  }

  private HttpResponse start(Request request) {
    String name = request.tail();
    // Always read the body: a client that is still writing would see a broken connection instead of
    // the response.
    Map<String, String> form = request.form();
    Optional<Verb> verb = verbs.find(name);
    if (!speaksOurProtocol(request) && !name.equals("stop")) {
      return refused(
          426,
          ErrorCode.PROTOCOL_MISMATCH,
          "The running jvault daemon ("
              + ProgramVersion.CURRENT
              + ") and this command ("
              + request.header(Routes.PROGRAM).orElse("of an unknown version")
              + ") do not understand each other; run `jvault stop` and try again.");
    }
    if (verb.isEmpty()) {
      return refused(404, ErrorCode.UNKNOWN_VERB, "The daemon knows no verb " + name + ".");
    }
    String required = form.getOrDefault(Routes.REQUIRED_PROGRAM, ProgramVersion.CURRENT);
    if (!required.equals(ProgramVersion.CURRENT)) {
      return refused(
          412,
          ErrorCode.PROGRAM_MISMATCH,
          "The running jvault daemon is version "
              + ProgramVersion.CURRENT
              + " and this command needs version "
              + required
              + "; run `jvault restart`.");
    }
    var conversation =
        new Conversation(
            UUID.randomUUID().toString(), name, verb.get(), form, ControlApi::clientAlive);
    conversations.put(conversation.id(), conversation);
    Thread.ofVirtual().name("verb-" + name).start(() -> run(conversation));
    return nextResponse(conversation);
  }

  /** Runs the verb; forgets the reply if the client has died and so cannot fetch it. */
  private void run(Conversation conversation) {
    conversation.run();
    if (!clientAlive(conversation)) {
      conversations.remove(conversation.id());
    }
    afterwards.accept(conversation.call().environment());
  }

  private HttpResponse resume(Request request) {
    // Always read the body, as above.
    Secret answer = Secret.of(request.body());
    Conversation conversation = conversations.get(request.tail());
    if (conversation == null) {
      return refused(404, ErrorCode.CONVERSATION_ENDED, "That question is no longer open.");
    }
    Optional<Integer> number = questionNumber(request);
    if (number.isPresent()) {
      conversation.answer(number.get(), Optional.of(answer));
    } else {
      conversation.answer(Optional.of(answer));
    }
    return nextResponse(conversation);
  }

  /** Waits until a question is closed, so that the client can take it off the terminal. */
  private HttpResponse awaitEnd(Request request) {
    Conversation conversation = conversations.get(request.tail());
    if (conversation == null) {
      return refused(404, ErrorCode.CONVERSATION_ENDED, "That question is no longer open.");
    }
    try {
      return switch (conversation.ended(questionNumber(request).orElse(0))) {
        case ANSWERED -> signed(HttpResponse.text(200, "")).with(Routes.EXIT, "0");
        case WITHDRAWN ->
            refused(409, ErrorCode.QUESTION_WITHDRAWN, "That question needs no answer any more.");
        case STOPPED -> stopping();
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return stopping();
    }
  }

  private HttpResponse stopping() {
    return refused(
        503,
        ErrorCode.STOPPING,
        "jvault is stopping, so its question needs no answer; nothing was changed. Run the command"
            + " again.");
  }

  private static Optional<Integer> questionNumber(Request request) {
    return request
        .header(Routes.QUESTION_NUMBER)
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::valueOf);
  }

  /** Ends all questions that are open, because the daemon stops. */
  public void endQuestions() {
    conversations.values().forEach(Conversation::stop);
  }

  /** The client has no answer; the verb goes on without one. */
  private HttpResponse giveUp(Request request) {
    Conversation conversation = conversations.remove(request.tail());
    if (conversation != null) {
      conversation.answer(Optional.empty());
    }
    return signed(HttpResponse.text(200, "")).with(Routes.EXIT, "0");
  }

  private HttpResponse nextResponse(Conversation conversation) {
    try {
      return switch (conversation.next()) {
        case Conversation.Event.QuestionAsked(Question question, int number) ->
            signed(HttpResponse.text(202, question.text()))
                .with(Routes.CONVERSATION, conversation.id())
                .with(Routes.QUESTION, question.kind().name().toLowerCase(Locale.ROOT))
                .with(Routes.QUESTION_NUMBER, Integer.toString(number))
                .with(Routes.ECHO, question.echo() ? "on" : "off");
        case Conversation.Event.Told(String line) ->
            signed(HttpResponse.text(202, line))
                .with(Routes.CONVERSATION, conversation.id())
                .with(Routes.QUESTION, "debug")
                // No question has this number, so nothing waits for the answer.
                .with(Routes.QUESTION_NUMBER, "0")
                .with(Routes.ECHO, "off");
        case Conversation.Event.VerbEnded(Reply reply) -> {
          conversations.remove(conversation.id());
          HttpResponse ended = HttpResponse.text(200, reply.out() + reply.message());
          yield coded(signed(ended), reply.errorCode())
              .with(Routes.EXIT, Integer.toString(reply.exit().status()))
              .with(Routes.MESSAGE_BYTES, Integer.toString(bytes(reply.message())));
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(503, ErrorCode.STOPPING, "jvault is stopping.");
    }
  }

  /** Refuses a request before any verb runs. */
  private HttpResponse refused(int status, ErrorCode code, String sentence) {
    return coded(signed(HttpResponse.text(status, sentence)), code);
  }

  private static HttpResponse coded(HttpResponse response, ErrorCode code) {
    return code == ErrorCode.NONE ? response : response.with(Routes.ERROR, code.text());
  }

  /** Adds what every response says about this daemon. */
  private HttpResponse signed(HttpResponse response) {
    return response
        .with(Routes.PROTOCOL, Integer.toString(ProtocolVersion.CURRENT))
        .with(Routes.PROGRAM, ProgramVersion.CURRENT)
        .with(Routes.PID, Long.toString(pid))
        .with("Connection", "close");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean speaksOurProtocol(Request request) {
    return request
        .header(Routes.PROTOCOL)
        .equals(Optional.of(Integer.toString(ProtocolVersion.CURRENT)));
  }

  /** A killed client cannot say that it is gone, but its process is. */
  private static boolean clientAlive(Conversation conversation) {
    return conversation.call().callerAlive();
  }
}
