package dev.jvault.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * All TCP connections of a server. Those of other users are closed before they come here, where the
 * system tells whose they are. A connection is new until its first request passes the gate; after
 * that it is admitted. There is always room for an honest client, even if many clients connect and
 * send little or nothing: at the limit one connection is closed. If new connections hold more than
 * half of all, that is the oldest of them. Otherwise it is the oldest whose caller is not known
 * yet, or else the admitted connection that has been idle longest. Connections of callers that are
 * not known yet never hold more than half. One that is not admitted in time is closed in any case.
 */
final class Connections implements Connection.Listener {
  /**
   * How many connections there may be, how long each may be new, and what each may send.
   *
   * @param most the number of connections of all listeners together
   * @param firstRequest the time from opening to the first admitted request; SDKs take milliseconds
   * @param headerBytes the length of a request's headers
   */
  record Limits(int most, Duration firstRequest, int headerBytes) {
    static final Limits USUAL = new Limits(512, Duration.ofSeconds(10));
    static final Limits BROWSERS = new Limits(32, Duration.ofSeconds(10), 64 * 1024);

    Limits(int most, Duration firstRequest) {
      this(most, firstRequest, HttpServer.HEADER_BYTES);
    }
  }

  private final Limits limits;
  private final Scheduler scheduler;
  private final LongAdder requests = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** New connections of callers who are known to be this user, as far as the system tells. */
  private final Newcomers known = new Newcomers();

  /** New connections of callers for whom the first request has to be looked up. */
  private final Newcomers unclear = new Newcomers();

  /** In the order of the latest admitted request. */
  private final Map<Connection, Boolean> admitted = new LinkedHashMap<>(16, 0.75f, true);

  Connections(Limits limits, Scheduler scheduler) {
    this.limits = limits;
    this.scheduler = scheduler;
  }

  @Override
  public void onOpened(Connection connection) {
    Newcomers kind = CallerConnector.caller(connection).isPresent() ? known : unclear;
    Optional<Connection> leaving;
    lock.lock();
    try {
      leaving = leaving(kind);
      kind.add(
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
      boolean _ = removeNew(connection);
      admitted.remove(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Records that a request of this connection has passed the gate. */
  void admitted(Connection connection) {
    requests.increment();
    lock.lock();
    try {
      if (removeNew(connection)) {
        admitted.put(connection, true);
      } else {
        // In access order, this moves it to the end.
        var _ = admitted.get(connection);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many requests have passed the gate. */
  long requests() {
    return requests.sum();
  }

  /** Waits until no connection is left; false if some are after that time. */
  boolean awaitNone(Duration longest) {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (left > 0 && all() > 0) {
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
      return all() == 0;
    } finally {
      lock.unlock();
    }
  }

  private int all() {
    return known.size() + unclear.size() + admitted.size();
  }

  private boolean removeNew(Connection connection) {
    return known.remove(connection) || unclear.remove(connection);
  }

  private void expire(Connection connection) {
    lock.lock();
    try {
      if (!removeNew(connection)) {
        return;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    abort(connection);
  }

  /**
   * Removes the connection that makes room for a new one, if one has to. If clients keep their
   * connections and many new ones arrive at once, these must not close each other.
   */
  private Optional<Connection> leaving(Newcomers kind) {
    int half = limits.most() / 2;
    if (kind == unclear && unclear.size() >= half) {
      return unclear.removeOldest();
    }
    if (all() < limits.most()) {
      return Optional.empty();
    }
    if (known.size() > half) {
      return known.removeOldest();
    }
    return unclear.removeOldest().or(this::longestIdle).or(known::removeOldest);
  }

  private Optional<Connection> longestIdle() {
    Iterator<Connection> first = admitted.keySet().iterator();
    if (!first.hasNext()) {
      return Optional.empty();
    }
    Connection connection = first.next();
    first.remove();
    return Optional.of(connection);
  }

  private static void abort(Connection connection) {
    connection.getEndPoint().close();
  }
}
