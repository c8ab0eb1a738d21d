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
 * A login that is in progress. Any number of callers wait for it and show their users the same
 * lines. It ends when it has a result, or when no caller waits any longer.
 */
final class PendingLogin {
  private static final LoginResult ABANDONED =
      new LoginResult.GivenUp(
          "The login was given up, because no command waits for it any longer.");
  private static final LoginResult FAULT =
      new LoginResult.Unavailable("The login failed inside jvault; `jvault log` has the reason.");

  /** The whole login; it passes the lines that the user is to read. */
  interface Work {
    LoginResult run(Consumer<String> tell) throws InterruptedException;
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

  /** Starts a login, with one waiting caller. */
  static PendingLogin start(Work work) {
    var login = new PendingLogin(work);
    login.waiting = 1;
    login.worker.start();
    return login;
  }

  /** Adds a waiting caller; false if the login has ended. */
  boolean join() {
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

  /** Waits for the result on behalf of a caller that has joined, and shows the user each line. */
  LoginResult await(Person person) {
    int shown = 0;
    try {
      while (true) {
        List<String> fresh = newLines(shown);
        fresh.forEach(person::tell);
        shown += fresh.size();
        LoginResult end = fresh.isEmpty() ? result() : null;
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

  /** Ends the login, even if callers wait for it. */
  void cancel() {
    worker.interrupt();
  }

  /** The lines that a caller has not shown yet. Waits for one for at most a second. */
  private List<String> newLines(int shown) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(1);
      while (lines.size() == shown && result == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return List.copyOf(lines.subList(shown, lines.size()));
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
