package dev.jvault.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * All TCP connections of the endpoint. A connection is a stranger until its first request passes
 * the gate; after that it is admitted. There is always room for an honest client, even if many
 * strangers connect and send little or nothing: at the limit one connection is closed. That is the
 * oldest stranger if strangers hold more than half of all, otherwise the admitted connection that
 * has been idle longest. A stranger that is not admitted in time is closed in any case.
 */
final class Connections implements Connection.Listener {
  /**
   * How many connections there may be, and how long each may be a stranger.
   *
   * @param most the number of connections of all listeners together
   * @param firstRequest the time from opening to the first admitted request; SDKs take milliseconds
   */
  record Limits(int most, Duration firstRequest) {
    static final Limits USUAL = new Limits(512, Duration.ofSeconds(10));
  }

  private final Limits limits;
  private final Scheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** In the order of opening, each with the task that will close it. */
  private final Map<Connection, Scheduler.Task> strangers = new LinkedHashMap<>();

  /** In the order of the latest admitted request. */
  private final Map<Connection, Boolean> admitted = new LinkedHashMap<>(16, 0.75f, true);

  Connections(Limits limits, Scheduler scheduler) {
    this.limits = limits;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    Optional<Connection> leaving = Optional.empty();
    lock.lock();
    try {
      if (strangers.size() + admitted.size() >= limits.most()) {
        leaving = leaving();
      }
      strangers.put(
          connection,
          scheduler.schedule(
              () -> expire(connection), limits.firstRequest().toMillis(), TimeUnit.MILLISECONDS));
    } finally {
      lock.unlock();
    }
    leaving.ifPresent(Connections::abort);
  }

  @Override
  public void onClosed(Connection connection) {
    lock.lock();
    try {
      Scheduler.Task task = strangers.remove(connection);
      if (task != null) {
        task.cancel();
      }
      admitted.remove(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Records that a request of this connection has passed the gate. */
  void admitted(Connection connection) {
    lock.lock();
    try {
      Scheduler.Task task = strangers.remove(connection);
      if (task != null) {
        task.cancel();
        admitted.put(connection, true);
      } else {
        // In access order, this moves it to the end.
        var _ = admitted.get(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no connection is left; false if some are after that time. */
  boolean awaitNone(Duration longest) {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (left > 0 && !(strangers.isEmpty() && admitted.isEmpty())) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return none();
  }

  private boolean none() {
    lock.lock();
    try {
      return strangers.isEmpty() && admitted.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void expire(Connection connection) {
    lock.lock();
    try {
      if (strangers.remove(connection) == null) {
        return;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    abort(connection);
  }

  /**
   * Chooses the connection to close. In a flood of strangers it is a stranger; but if clients keep
   * their connections and many new ones arrive at once, these must not close each other.
   */
  private Optional<Connection> leaving() {
    boolean flood = strangers.size() > limits.most() / 2 || admitted.isEmpty();
    Iterator<Connection> first = (flood ? strangers : admitted).keySet().iterator();
    Connection connection = first.next();
    Scheduler.Task task = strangers.get(connection);
    if (task != null) {
      task.cancel();
    }
    first.remove();
    return Optional.of(connection);
  }

  private static void abort(Connection connection) {
    connection.getEndPoint().close();
  }
}
