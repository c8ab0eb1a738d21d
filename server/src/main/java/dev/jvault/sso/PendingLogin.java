package dev.jvault.sso;

import dev.jvault.prompt.Person;
import dev.jvault.protocol.JvaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One login, for however many wait for it: all are told the same lines, and it ends when it has a
 * result or when nobody waits any more.
 */
final class PendingLogin {
  private static final LoginResult ABANDONED =
      new LoginResult.GivenUp("The login was given up; nobody waits for it any more.");
  private static final LoginResult FAULT =
      new LoginResult.Unavailable("The login failed inside jvault; `jvault log` has the reason.");

  /** A login from its beginning to its end. */
  interface Work {
    LoginResult run(Consumer<String> say) throws InterruptedException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private final Thread worker;
  private int waiting;
  private @Nullable LoginResult result;

  private PendingLogin(Work work) {
    worker = Thread.ofVirtual().name("sso-login").unstarted(() -> work(work));
  }

  /** Begins; the first who waits has entered already. */
  static PendingLogin begin(Work work) {
    var login = new PendingLogin(work);
    login.waiting = 1;
    login.worker.start();
    return login;
  }

  /** Adds one who waits; false where it is over. */
  boolean enter() {
    lock.lock();
    try {
      if (result != null || waiting == 0) {
        return false;
      }
      waiting++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end, for one who has entered; the person is told what there is to tell. */
  LoginResult await(Person person) {
    int told = 0;
    try {
      while (true) {
        List<String> news = news(told);
        news.forEach(person::tell);
        told += news.size();
        LoginResult end = news.isEmpty() ? result() : null;
        if (end != null) {
          return end;
        }
        if (!person.waits()) {
          return ABANDONED;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ABANDONED;
    } finally {
      leave();
    }
  }

  /** Ends it, whoever waits. */
  void cancel() {
    worker.interrupt();
  }

  /** The lines that one has not been told, after a second at the latest. */
  private List<String> news(int told) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(1);
      while (lines.size() == told && result == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return List.copyOf(lines.subList(told, lines.size()));
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LoginResult result() {
    lock.lock();
    try {
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      waiting--;
      if (waiting == 0) {
        worker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void work(Work work) {
    LoginResult end = FAULT;
    try {
      end = work.run(this::say);
    } catch (InterruptedException _) {
      end = ABANDONED;
    } catch (JvaultException e) {
      end = new LoginResult.Unavailable(e.sentence());
    } finally {
      end(end);
    }
  }

  private void say(String line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end(LoginResult end) {
    lock.lock();
    try {
      result = end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
