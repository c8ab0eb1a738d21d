package dev.jvault.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Connections of which no request has passed the gate yet, in the order of opening, each with the
 * task that will close it. For one thread at a time.
 */
final class Newcomers {
  private final Map<Connection, Scheduler.Task> tasks = new LinkedHashMap<>();

  void add(Connection connection, Scheduler.Task expiry) {
    tasks.put(connection, expiry);
  }

  /** Removes a connection and cancels its task; false if it is none of these. */
  boolean remove(Connection connection) {
    Scheduler.Task task = tasks.remove(connection);
    if (task == null) {
      return false;
    }
    task.cancel();
    return true;
  }

  /** Removes the connection that was opened first, and cancels its task. */
  Optional<Connection> removeOldest() {
    Optional<Connection> oldest = tasks.keySet().stream().findFirst();
    oldest.ifPresent(this::remove);
    return oldest;
  }

  int size() {
    return tasks.size();
  }
}
