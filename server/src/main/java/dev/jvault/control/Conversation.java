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
 * One call of a verb from its beginning to its reply, over as many requests as it has questions.
 * The verb runs on a thread of its own and waits in {@link #ask}; the client's requests wait in
 * {@link #next}.
 */
final class Conversation implements Person {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** A person who has not answered by then has gone. */
  private static final int MOST_SECONDS = 300;

  /** What the client is told next. */
  sealed interface Event {
    /** The person is asked. */
    record Asked(Question question) implements Event {}

    /** The verb has ended. */
    record Ended(Reply reply) implements Event {}
  }

  private final String id;
  private final Verb verb;
  private final Call call;
  private final boolean terminal;
  private final boolean passphrase;
  private final Predicate<Conversation> clientAlive;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Optional<Secret>> answers = new LinkedBlockingQueue<>();

  private final ReentrantLock exchanging = new ReentrantLock();

  Conversation(
      String id, Verb verb, Map<String, String> form, Predicate<Conversation> clientAlive) {
    this.id = id;
    this.verb = verb;
    this.call = new Call(form, this);
    this.terminal = "true".equals(form.get(Routes.CALLER_TERMINAL));
    this.passphrase = "true".equals(form.get(Routes.CALLER_PASSPHRASE));
    this.clientAlive = clientAlive;
  }

  String id() {
    return id;
  }

  Call call() {
    return call;
  }

  /** Runs the verb to its end. */
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
    events.add(new Event.Ended(reply));
  }

  /** Waits for what the client is to be told. */
  Event next() throws InterruptedException {
    return events.take();
  }

  /** Passes the person's answer on; empty when they gave up. */
  void answer(Optional<Secret> answer) {
    answers.add(answer);
  }

  @Override
  public boolean present() {
    return terminal || passphrase;
  }

  @Override
  public boolean canAnswer(Question.Kind kind) {
    return terminal || holdsAnswer(kind);
  }

  @Override
  public boolean holdsAnswer(Question.Kind kind) {
    return kind == Question.Kind.ENVIRONMENT || (passphrase && kind == Question.Kind.PASSPHRASE);
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

  /** One at a time: a command may say something on a thread of its own. */
  private Optional<Secret> exchange(Question question) {
    exchanging.lock();
    try {
      events.add(new Event.Asked(question));
      for (int second = 0; second < MOST_SECONDS && clientAlive.test(this); second++) {
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
