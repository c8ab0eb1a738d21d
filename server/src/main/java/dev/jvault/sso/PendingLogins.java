package dev.jvault.sso;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The logins that are in progress, at most one for each key. Thread-safe. */
final class PendingLogins implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, PendingLogin> logins = new HashMap<>();

  /** Joins the login that is in progress, or starts one. */
  PendingLogin joinOrStart(String key, PendingLogin.Work work) {
    lock.lock();
    try {
      PendingLogin current = logins.get(key);
      if (current != null && current.join()) {
        return current;
      }
      var started = PendingLogin.start(work);
      logins.put(key, started);
      return started;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all logins. */
  @Override
  public void close() {
    lock.lock();
    try {
      logins.values().forEach(PendingLogin::cancel);
    } finally {
      lock.unlock();
    }
  }
}
