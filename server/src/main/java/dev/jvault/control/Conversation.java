package dev.jvault.control;

import dev.jvault.prompt.Person;
import dev.jvault.prompt.Question;
import dev.jvault.protocol.ExitCode;
import dev.jvault.protocol.JvaultException;
import dev.jvault.protocol.Routes;
import dev.jvault.secret.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
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
  private static final int LONGEST_ANSWER_SECONDS = 300;

  /** What the client learns next. */
  sealed interface Event {
    /** The verb has a question for the user. */
    record QuestionAsked(Question question) implements Event {}

    /** The verb has ended. */
    record VerbEnded(Reply reply) implements Event {}
  }

  private final String id;
  private final Verb verb;
  private final Call call;
  private final boolean hasTerminal;
  private final boolean hasPassphrase;
  private final Predicate<Conversation> clientAlive;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Optional<Secret>> answers = new LinkedBlockingQueue<>();

  /** Held from a question to its answer. */
  private final ReentrantLock exchanging = new ReentrantLock();

  Conversation(
      String id, Verb verb, Map<String, String> form, Predicate<Conversation> clientAlive) {
    this.id = id;
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
    Reply reply;
    try {
      reply = verb.run(call);
    } catch (JvaultException e) {
      reply = Reply.failed(e.exitCode(), e.errorCode(), e.sentence());
    } catch (RuntimeException e) {
      LOG.error("event=verb_failed", e);
      reply = Reply.failed(ExitCode.FAULT, "jvault failed inside; `jvault log` has the reason.");
    }
    events.add(new Event.VerbEnded(reply));
  }

  /** Waits for the next event. */
  Event next() throws InterruptedException {
    return events.take();
  }

  /** Passes on the user's answer; empty if the user gave up. */
  void answer(Optional<Secret> answer) {
    answers.add(answer);
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
    return kind == Question.Kind.ENVIRONMENT || (hasPassphrase && kind == Question.Kind.PASSPHRASE);
  }

  @Override
  public boolean waits() {
    return clientAlive.test(this);
  }

  @Override
  public Optional<Secret> ask(Question question) {
    return canAnswer(question.kind()) ? exchange(question) : Optional.empty();
  }

  @Override
  public void tell(String line) {
    Optional<Secret> _ = exchange(new Question(Question.Kind.NOTICE, line));
  }

  /** Asks one question at a time: a command may send notices from another thread. */
  private Optional<Secret> exchange(Question question) {
    exchanging.lock();
    try {
      events.add(new Event.QuestionAsked(question));
      for (int second = 0; second < LONGEST_ANSWER_SECONDS && clientAlive.test(this); second++) {
        Optional<Secret> answer = answers.poll(1, TimeUnit.SECONDS);
        if (answer != null) {
          return answer;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchanging.unlock();
    }
    return Optional.empty();
  }
}
