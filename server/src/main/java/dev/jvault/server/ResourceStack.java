package dev.jvault.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open resources, closed in reverse order. If one fails to close, the others are closed anyway. */
final class ResourceStack {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceStack.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes everything that is still open; returns whether anything was. */
  synchronized boolean close() {
    boolean any = !opened.isEmpty();
    while (!opened.isEmpty()) {
      AutoCloseable next = opened.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("event=close_failed what={}", next.getClass().getSimpleName(), e);
      }
    }
    return any;
  }
}
