package dev.jvault.control;

import dev.jvault.prompt.AskingCommand;
import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.PrintableText;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.Secret;
import dev.jvault.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a verb, from its start to its reply. It spans one request of the client for each
 * question and one for the start. The verb runs on its own thread and waits for answers in {@link
 * #ask}; the client's requests wait for the next event in {@link #next}.
 */
final class Conversation implements Person {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** A user who has not answered by then is taken to be gone. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  private static final Reply GONE =
      Reply.failed(ExitCode.INTERRUPTED, "The command that asked has ended.");

  /** What the client learns next. */
  sealed interface Event {
    /** The verb has a question for the user. */
    record QuestionAsked(Question question, int number) implements Event {}

    /** A line for a client that follows the call, which goes on meanwhile. */
    record Told(String line) implements Event {}

    /** The verb has ended. */
    record VerbEnded(Reply reply) implements Event {}
  }

  private final String id;
  private final String name;
  private final Verb verb;
  private final Call call;
  private final boolean hasTerminal;
  private final boolean hasPassphrase;
  private final Predicate<Conversation> clientAlive;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** The latest question; before the first one, a question that is never asked. */
  private volatile AskedQuestion asked = new AskedQuestion(0);

  private volatile boolean stopping;
  private volatile @Nullable Thread runner;

  /** Held from a question to its answer. */
  private final ReentrantLock exchanging = new ReentrantLock();

  /**
   * A call of a verb that has not begun.
   *
   * @param name of the verb
   * @param clientAlive whether its client still waits
   */
  Conversation(
      String id,
      String name,
      Verb verb,
      Map<String, String> form,
      Predicate<Conversation> clientAlive) {
    this.id = id;
    this.name = name;
    this.verb = verb;
    this.call = new Call(form, this);
    this.hasTerminal = "true".equals(form.get(Routes.CALLER_TERMINAL));
    this.hasPassphrase = "true".equals(form.get(Routes.CALLER_PASSPHRASE));
    this.clientAlive = clientAlive;
  }

  String id() {
    return id;
  }

  Call call() {
    return call;
  }

  /** Runs the verb; its reply is the last event. */
  void run() {
    if (call.flag(Routes.CALLER_DEBUG)) {
      new Trace(line -> events.add(new Event.Told(line))).follow(this::runTold);
    } else {
      runVerb();
    }
  }

  private void runTold() {
    Trace.tell(() -> "daemon %d begins %s".formatted(ProcessHandle.current().pid(), name));
    runVerb();
  }

  private void runVerb() {
    Reply reply;
    runner = Thread.currentThread();
    try {
      reply = verb.run(call);
    } catch (CancellationException _) {
      reply = GONE;
    } catch (JvaultException e) {
      reply = Reply.failed(e.exitCode(), e.errorCode(), e.sentence());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("event=verb_failed", e);
      reply = Reply.failed(ExitCode.FAULT, "jvault failed inside; `jvault log` has the reason.");
    }
    int status = reply.exit().status();
    Trace.tell(() -> "%s has ended with status %d".formatted(name, status));
    events.add(new Event.VerbEnded(reply));
  }

  /**
   * Waits for the next event. Meanwhile looks for the client every second, and ends a verb that
   * only works for it if it has gone.
   */
  Event next() throws InterruptedException {
    Event event = events.poll(1, TimeUnit.SECONDS);
    while (event == null) {
      if (!clientAlive.test(this) && verb.endsWithItsClient()) {
        cancel();
        return new Event.VerbEnded(GONE);
      }
      event = events.poll(1, TimeUnit.SECONDS);
    }
    return event;
  }

  private void cancel() {
    Thread thread = runner;
    if (thread != null) {
      LOG.info("event=client_gone verb={}", name);
      thread.interrupt();
    }
  }

  /** Passes on the user's answer to the present question; empty if the user gave up. */
  void answer(Optional<Secret> answer) {
    asked.answer(answer);
  }

  /** Passes on the user's answer to a question, unless that one is closed. */
  void answer(int number, Optional<Secret> answer) {
    AskedQuestion now = asked;
    if (now.number() == number) {
      now.answer(answer);
    }
  }

  /** Waits until a question is closed, and says why. */
  AskedQuestion.End ended(int number) throws InterruptedException {
    AskedQuestion now = asked;
    return now.number() == number ? now.end() : AskedQuestion.End.WITHDRAWN;
  }

  /** Ends the present question, and all later ones, because the daemon stops. */
  void stop() {
    stopping = true;
    asked.stop();
  }

  @Override
  public boolean present() {
    return hasTerminal || hasPassphrase;
  }

  @Override
  public boolean canAnswer(Question.Kind kind) {
    return hasTerminal || holdsAnswer(kind);
  }

  @Override
  public boolean holdsAnswer(Question.Kind kind) {
    return kind == Question.Kind.ENVIRONMENT
        || kind == Question.Kind.READING
        || (hasPassphrase && kind == Question.Kind.PASSPHRASE);
  }

  @Override
  public boolean takesOver() {
    return name.equals("unlock");
  }

  @Override
  public boolean waits() {
    return clientAlive.test(this);
  }

  @Override
  public Optional<AskingCommand> command() {
    List<String> profiles = call.profiles();
    String line = "jvault " + name + (profiles.size() == 1 ? " " + profiles.getFirst() : "");
    return Optional.of(
        new AskingCommand(
            PrintableText.quoted(line),
            profiles.size() == 1 ? profiles.getFirst() : "",
            call.pid().orElse(0L),
            call.value(Routes.CALLER_TTY).filter(PrintableText::isPrintable).orElse("")));
  }

  @Override
  public Optional<Secret> ask(Question question) {
    return ask(question, new CompletableFuture<>());
  }

  @Override
  public Optional<Secret> ask(Question question, CompletableFuture<?> withdrawn) {
    return canAnswer(question.kind()) ? exchange(question, withdrawn) : Optional.empty();
  }

  @Override
  public void tell(String line) {
    notice(Question.Kind.NOTICE, line);
  }

  @Override
  public void tellWaiting(String line) {
    notice(Question.Kind.WAITING, line);
  }

  private void notice(Question.Kind kind, String line) {
    Optional<Secret> _ = exchange(new Question(kind, line), new CompletableFuture<>());
  }

  /** Asks one question at a time: a command may send notices from another thread. */
  private Optional<Secret> exchange(Question question, CompletableFuture<?> withdrawn) {
    exchanging.lock();
    try {
      if (withdrawn.isDone() || stopping) {
        return Optional.empty();
      }
      var open = new AskedQuestion(asked.number() + 1);
      asked = open;
      events.add(new Event.QuestionAsked(question, open.number()));
      CompletableFuture<Void> _ = withdrawn.thenRun(open::withdraw);
      if (stopping) {
        open.stop();
      }
      return open.await(LONGEST_ANSWER, () -> clientAlive.test(this));
    } finally {
      exchanging.unlock();
    }
  }
}
